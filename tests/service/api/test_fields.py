"""What was read of a document, as data: both zones, the claims, and the pieces of the picture."""

import io
from datetime import date

from PIL import Image

from samples import tampering
from samples.holder import ANNA
from samples.portraits import identity_one
from samples.specimen import render
from tests.service.api.conftest import Service
from tests.service.api.test_requests import verify

CLAIMS = {"identity": {"fullName": "Anna Eriksson", "birthDate": "1979-08-12"}}


def test_every_field_of_an_altered_passport_is_told_with_the_pieces_that_show_it(
    service: Service,
) -> None:
    forged = tampering.printed_birth_date(date(1979, 8, 12))
    page = render(ANNA, "TD3", identity_one(), dpi=200, tampering=(forged,)).face_side.image
    jpeg = io.BytesIO()
    Image.fromarray(page).save(jpeg, "JPEG", quality=92)
    verification = service.order()
    service.send(verification, ("passport.jpg", jpeg.getvalue()))
    claims = f"/v1/verifications/{verification}/claims"
    assert service.client.put(claims, json=CLAIMS).status_code < 300
    address = f"/v1/verifications/{verification}/fields"
    assert service.client.get(address).status_code == 404
    verify(service, verification)

    (document,) = service.client.get(address).json()["items"]
    assert document["title"] == "Passport (TD3) in passport.jpg"
    assert document["lines"][0].startswith("P<UTOERIKSSON<<ANNA<MARIA<<")
    assert document["pictures"] == ["document-1", "portrait-1", "zone-1"]
    fields = {field["name"]: field for field in document["fields"]}
    born = fields["birth_date"]
    assert (born["zone"], born["printed"], born["claimed"]) == (
        "1974-08-12",
        "12 AUG 1979",
        "1979-08-12",
    )
    assert born["result"] == "differs"
    assert born["reason"]
    assert born["pictures"] == ["field-1-birth_date-zone", "field-1-birth_date-print"]
    assert (fields["surname"]["result"], fields["surname"]["pictures"]) == ("agrees", [])
    for name in (*document["pictures"], *born["pictures"]):
        picture = service.client.get(f"/v1/verifications/{verification}/pictures/{name}")
        assert picture.headers["content-type"] == "image/jpeg"
