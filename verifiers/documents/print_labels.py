"""The words that passports and cards print beside their fields, in the languages they use.

9303-3 §3.5 asks for English, French or Spanish beside the issuer's own language; cards outside its
scope have the latter alone. Labels are the smallest print of a page and misread most, so one letter
in five may be wrong. What is labelled and not compared stands here too: `Place of birth` must never
be taken for `Date of birth`.
"""

from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from verifiers.documents.print_words import folded, folded_with_places

_WHOLE_WORD = 5
"""Letters up to which a label must stand as a word of its own, and be spelled exactly."""

FIELDS: dict[str, str] = {
    "surname": """surname, primary identifier, identifiant primaire, family name, last name,
        surnames, surname(s), nom de famille, apellidos, apellido, primer apellido, apelido,
        apelidos, sobrenome, cognome, cognom, familienname, nachname, achternaam, efternavn,
        efternamn, etternavn, slægtsnavn, nazwisko, příjmení, priezvisko, prezime, priimek, családi
        név, családi és utónév, nume, nume de familie, perekonnanimi, perekonnanimed, uzvārds,
        pavardė, sukunimi, kenninafn, eftirnafn, soyadı, mbiemri, mbiemer, kunjom, sloinne, cyfenw,
        фамилия, прізвище, презиме, прізвіща, επώνυμο, 姓""",
    "given_names": """given names, secondary identifier, identifiant secondaire, given name, given
        name(s), forenames, forename, first name, first names, christian names, prénoms, prénom,
        prénom(s), nombres, nomes próprios, nome próprio, prenome, nomi, vornamen, vorname,
        voornamen, voornaam, fornavn, fornavne, förnamn, imiona, imię, imiona/given names, jméno,
        jména, meno, mená, ime, imena, utónév, utónevek, utónevei, prenume, prenumele, eesnimi,
        eesnimed, vārds, vārdi, vardas, vardai, vardas (vardai), etunimet, etunimi, eiginnafn,
        eiginnöfn, adı, adi, emri, isem, réamhainm, réamhainmneacha, enwau, имя, ім'я, имена, όνομα,
        名""",
    "name": """name, names, full name, name in full, surname and given names, name and surname, nom,
        noms, nome, nombre, naam, nama, name (surname given names), nombre y apellidos, nom et
        prénoms, nome completo, name/nom, név, navn, namn, nafn, emri i plotë, nama lengkap, họ và
        tên, ho va ten, 姓名""",
    "birth_name": """name at birth, birth name, geburtsname, nom de naissance, maiden name,
        születési név, születési családi és utónév, nazwisko rodowe, rodné příjmení, rodné meno, név
        születéskor""",
    "document_number": """document no, document number, passport no, passport number, passport num,
        card no, card number, visa no, visa number, n du passeport, no du passeport, numéro du
        passeport, passeport no, passeport n, n de la carte, carte no, numéro de la carte, n du
        document, no du document, numéro du document, document n, numero de pasaporte, n de
        pasaporte, no de pasaporte, pasaporte n, núm de documento, número de documento, num soporte,
        n soport, idesp, número do documento, passaporte n, n do passaporte, número do passaporte,
        nr dokumentu, numer dokumentu, nr paszportu, numer paszportu, passnummer, pass nr, pass no,
        passnr, passaporto n, passaporto no, n passaporto, numero del passaporto, número de
        passaport, reisepass nr, reisepass no, reisepass nr passport no, ausweisnummer, ausweis nr,
        dokumentnummer, dokument nr, documentnummer, document nr, paspoortnummer, paspoort nr,
        pasnummer, pas nr, pasnr, číslo pasu, číslo dokladu, číslo cestovního pasu, číslo průkazu,
        útlevél száma, útlevélszám, okmányazonosító, okmány száma, okmányszám, pașaport nr, nr
        pașaport, seria și numărul, broj putovnice, broj putne isprave, broj isprave, broj osobne
        iskaznice, broj pasoša, številka potnega lista, št potnega lista, dokumendi number, passi
        number, passi nr, dokumenta nr, pases nr, pases numurs, paso numeris, paso nr, dokumento
        numeris, dokumento nr, passin numero, passin nro, passinumero, henkilökortin numero, kortin
        numero, kort nr, vegabréf nr, vegabréfsnúmer, pasaport no, pasaport numarası, belge no, nr i
        pasaportës, numru tal-passaport, uimhir phas, паспорт №, номер паспорта, № паспорта, паспорт
        но, αριθμός διαβατηρίου, αρ διαβατηρίου, nomor paspor, no paspor, no pasport, số hộ chiếu,
        护照号, 護照號碼, 旅券番号""",
    "personal_number": """personal no, personal number, personal identification no, id number,
        personal id no, personal code, id no, identity card no, identity card number, id card no,
        identity no, identity number, national id no, national no, numéro personnel, n personnel, no
        personnel, numéro d'identité, numéro d'identification, persönliche nummer, persoonsnummer,
        persoonlijk nummer, bsn, burgerservicenummer, personnummer, fødselsnummer, cpr nr, personnr,
        rijksregisternummer, n registre national, numer pesel, pesel, rodné číslo, osobné číslo,
        osobní číslo, matični broj, emšo, cod numeric personal, cnp, személyi szám, személyi
        azonosító, isikukood, personas kods, asmens kodas, henkilötunnus, kennitala, t.c. kimlik no,
        kimlik no, tc kimlik no, nik, número personal, dni, dni núm, nie, número de identidad,
        codice fiscale, nif, nº id civil, nr personal, numri personal, ЕГН, единен граждански номер,
        особистий №, запис №, ppsn""",
    "birth_date": """date of birth, birth date, birthdate, born, dob, date de naissance, né le,
        né(e) le, geburtsdatum, geburtstag, geboren am, tag der geburt, geboortedatum, geboren op,
        fecha de nacimiento, data de nascimento, data di nascita, data de naixement, nato il, nata
        il, nato a il, data urodzenia, datum narození, dátum narodenia, születési idő, születési
        dátum, születés ideje, data nașterii, datum rođenja, datum rojstva, sünniaeg, sünnikuupäev,
        dzimšanas datums, dzimšanas laiks, gimimo data, syntymäaika, födelsedatum, född,
        fødselsdato, fødselsdag, født, fæðingardagur, doğum tarihi, datëlindja, data e lindjes, data
        tat-twelid, dáta breithe, dyddiad geni, дата рождения, дата народження, дата на раждане,
        датум рођења, датум на раѓање, ημερομηνία γέννησης, tanggal lahir, tarikh lahir, ngày sinh,
        petsa ng kapanganakan, 出生日期, 生年月日""",
    "expiry_date": """date of expiry, expiry date, date of expiration, expiration date, expires,
        expiry, exp, valid until, valid to, valid thru, valid till, date d'expiration, date
        d'expiration le, expire le, valable jusqu'au, valide jusqu'au, jusqu'au, gültig bis, gültig
        bis zum, ablaufdatum, geldig tot, vervaldatum, geldig tot en met, fecha de caducidad, fecha
        de expiración, fecha de vencimiento, vencimiento, válido hasta, válida hasta, válido hasta
        el, caduca, caduca el, validez, data de validade, válido até, válida até, validade, data de
        caducitat, data di scadenza, scadenza, scade il, valida fino al, data ważności, termin
        ważności, ważny do, ważna do, platnost do, platí do, platnosť do, datum platnosti, dátum
        platnosti, lejárat, lejárat dátuma, érvényességi idő, érvényes, data expirării, valabil până
        la, valabilitate, vrijedi do, datum isteka, datum važenja, važi do, velja do, datum poteka,
        datum veljavnosti, kehtiv kuni, kehtivusaeg, kehtivuse lõpp, derīga līdz, derīgs līdz,
        galioja iki, viimeinen voimassaolopäivä, voimassa, voimassa asti, gäller till, giltig till,
        gyldig til, udløbsdato, utløpsdato, sista giltighetsdag, sidste gyldighedsdag, siste
        gyldighetsdag, gildir til, rennur út, geçerlilik tarihi, son geçerlilik, son geçerlilik
        tarihi, data e skadencës, data e skadimit, vlen deri, data ta' skadenza, dáta as feidhm,
        dáta éaga, действителен до, дата окончания срока действия, срок действия, дійсний до, дата
        закінчення строку дії, валидност, важи до, ημερομηνία λήξης, tanggal habis berlaku, berlaku
        hingga, tarikh tamat tempoh, tarikh tamat, có giá trị đến, giá trị đến, ngày hết hạn,
        有效期至, 有效期限, 有効期間満了日, 效期截止日期, until""",
    "issue_date": """date of issue, issue date, issued on, issued, date issued, from, valid from,
        date de délivrance, délivré le, date d'émission, ausstellungsdatum, ausgestellt am, datum
        der ausstellung, datum van afgifte, afgegeven op, datum afgifte, fecha de expedición, fecha
        de emisión, expedición, emisión, data de emissão, data de expedição, data d'expedició, data
        di rilascio, rilasciato il, rilascio, data wydania, datum vydání, dátum vydania, dátum
        vydání, vydáno dne, kiállítás dátuma, kiállítás kelte, kiállítva, kiállítás ideje, data
        eliberării, eliberat la data, datum izdavanja, datum izdaje, izdano, väljaandmise kuupäev,
        välja antud, izdošanas datums, izdota, išdavimo data, išduota, myöntämispäivä, antopäivä,
        utfärdad den, utfärdandedatum, datum för utfärdande, udstedelsesdato, utstedt,
        utstedelsesdato, dato for udstedelse, útgáfudagur, útgefið, veriliş tarihi, veriliş,
        düzenleme tarihi, data e lëshimit, data tal-ħruġ, dáta eisiúna, дата выдачи, дата видачі,
        дата на издаване, датум издавања, ημερομηνία έκδοσης, tanggal pengeluaran, tarikh
        dikeluarkan, ngày cấp, 签发日期, 發照日期, 発行年月日""",
    "sex": """sex, sexe, sexo, sesso, sexul, gender, geschlecht, geslacht, kjønn, køn, kön, płeć,
        pohlaví, pohlavie, pohl, spol, neme, sugu, dzimums, lytis, sukupuoli, kyn, cinsiyeti,
        cinsiyet, gjinia, sess, gnéas, rhyw, пол, стать, φύλο, jenis kelamin, jantina, giới tính,
        kasarian, 性别, 性別""",
    "nationality": """nationality, citizenship, nationalité, staatsangehörigkeit, nationalität,
        nationaliteit, nacionalidad, nacionalidade, nazionalità, nacionalitat, cittadinanza,
        cidadania, obywatelstwo, státní občanství, štátne občianstvo, štátna príslušnosť,
        občianstvo, státní příslušnost, állampolgárság, állampolgársága, cetățenie, cetățenia,
        naționalitate, naţionalitate, državljanstvo, kodakondsus, pilsonība, tautība, pilietybė,
        kansalaisuus, medborgarskap, medborgerskab, nationalitet, statsborgerskap, statsborgerskab,
        ríkisfang, þjóðerni, uyruğu, uyruk, tabiiyeti, shtetësia, kombësia, nazzjonalità,
        náisiúntacht, cenedligrwydd, гражданство, громадянство, држављанство, υπηκοότητα, ιθαγένεια,
        kewarganegaraan, warganegara, quốc tịch, nasyonalidad, 国籍, 國籍""",
    "other": """place of birth, birthplace, lieu de naissance, geburtsort, geboorteplaats, lugar de
        nacimiento, naturalidade, local de nascimento, luogo di nascita, miejsce urodzenia, místo
        narození, miesto narodenia, születési hely, locul nașterii, mjesto rođenja, mesto rođenja,
        kraj rojstva, sünnikoht, dzimšanas vieta, gimimo vieta, syntymäpaikka, födelseort, fødested,
        fødselssted, fæðingarstaður, doğum yeri, vendlindja, áit bhreithe, место рождения, місце
        народження, место рођења, τόπος γέννησης, tempat lahir, nơi sinh, authority, issuing
        authority, autorité, autorité de délivrance, behörde, ausstellende behörde, autoridad,
        autoridade, autorità, organ wydający, organ wydający dokument, úřad, vydal, orgán, kiállító
        hatóság, hatóság, autoritatea, emitent, izdao, izdalo, tijelo, organ, väljaandja,
        izdevējiestāde, išdavė, viranomainen, myöntäjä, myndighet, utfärdande myndighet, myndighed,
        udstedt af, utstedt av, útgefandi, yfirvald, veren makam, autoriteti, instantie,
        authority/office, орган, що видав, place of issue, lieu de délivrance, lugar de expedición,
        type, code, code of issuing state, code du pays, country code, code of state, pays émetteur,
        issuing state, issuing country, ország, typ, tipo, tyyppi, tip, tüüp, tips, tipas, kod, kód,
        kood, height, taille, größe, lengte, altura, statura, wzrost, výška, magasság, înălțime,
        visina, pikkus, augums, ūgis, pituus, längd, højde, høyde, hæð, eyes, eye colour, colour of
        eyes, couleur des yeux, augenfarbe, kleur ogen, domicile, residence, address, adresse,
        anschrift, adres, dirección, domicilio, residenza, lakóhely, domiciliu, prebivalište,
        elukoht, signature, signature of holder, signature of bearer, holder's signature, holders
        signature, signature du titulaire, unterschrift, handtekening, firma, firma del titular,
        assinatura, firma del titolare, podpis, podpis posiadacza, podpis držitele, aláírás,
        semnătura, potpis, allkiri, paraksts, parašas, allekirjoitus, namnteckning, underskrift,
        undirskrift, imza, imzası, remarks, observations, endorsements, endorsements/observations,
        notes, bemerkungen, titre, number of entries, nombre d'entrées, entries, duration of stay,
        durée du séjour, valid for, valable pour, control number, category, class, support no,
        father, mother, name of father, passport, passeport, pasaporte, passaporto, reisepass,
        paspoort, pas, paszport, vegabréf, identity card, carte d'identité, residence permit, visa,
        document, dokument, dokuments, place of origin, heimatort, lieu d'origine, luogo
        d'attinenza, religious name, pseudonym""",
}
"""Field -> its labels, as written; compared without case, marks, spaces and punctuation."""


@dataclass(frozen=True)
class Label:
    """A label within a line of print."""

    field: str
    start: int
    """The line's characters that it takes."""
    end: int


def labels_in(text: str) -> tuple[Label, ...]:
    """The labels on this line, from left to right; where two overlap, the longer one."""
    letters, places = _m_for_rn(*folded_with_places(text))
    found: list[tuple[int, int, int, str]] = []
    for phrase, field in _phrases():
        if len(phrase) > len(letters) + len(phrase) // 5:
            continue
        for start, end, wrong in _occurrences(phrase, letters):
            if len(phrase) <= _WHOLE_WORD and not _word(text, places[start], places[end - 1]):
                continue
            found.append((len(phrase) - 3 * wrong, start, end, field))
    labels: list[tuple[int, int, str]] = []
    for _, start, end, field in sorted(found, reverse=True):
        if all(end <= other or start >= until for other, until, _ in labels):
            labels.append((start, end, field))
    return tuple(
        Label(field, places[start], _end_of_word(text, places[end - 1] + 1))
        for start, end, field in sorted(labels)
    )


def _end_of_word(text: str, end: int) -> int:
    """A misread label may stop short of its last letters."""
    for until in range(end, min(end + 3, len(text)) + 1):
        if until == len(text) or not text[until].isalnum():
            return until
    return end


@cache
def _phrases() -> tuple[tuple[str, str], ...]:
    pairs = {
        folded(phrase).replace("RN", "M"): field
        for field, phrases in FIELDS.items()
        for phrase in phrases.split(",")
    }
    return tuple((phrase, field) for phrase, field in pairs.items() if phrase)


def _m_for_rn(letters: str, places: tuple[int, ...]) -> tuple[str, tuple[int, ...]]:
    """Small print has one shape for both: `Sumame`."""
    kept = [i for i in range(len(letters)) if i == 0 or letters[i - 1 : i + 1] != "RN"]
    swapped = letters.replace("RN", "M")
    return swapped, tuple(places[i] for i in kept)


def _occurrences(phrase: str, letters: str) -> list[tuple[int, int, int]]:
    """Where the phrase stands in these letters, and how many of them are wrong."""
    exact = []
    place = letters.find(phrase)
    while place >= 0:
        exact.append((place, place + len(phrase), 0))
        place = letters.find(phrase, place + 1)
    allowed = len(phrase) // 5
    if exact or len(phrase) <= _WHOLE_WORD:
        return exact
    near = fuzz.partial_ratio_alignment(phrase, letters, score_cutoff=100 * (1 - 0.2))
    if near is None:
        return []
    start, end = near.dest_start, near.dest_end
    wrong = OSA.distance(phrase, letters[start:end])
    return [(start, end, wrong)] if wrong <= allowed and end > start else []


def _word(text: str, first: int, last: int) -> bool:
    before = text[first - 1] if first else " "
    after = text[last + 1] if last + 1 < len(text) else " "
    return not before.isalnum() and not after.isalnum()
