"""What honest life has in common like this: said beside every tie."""

from models.link import Hub, LinkKind

_OF_KINDS = {
    LinkKind.PHONE: "Families and flatmates share a telephone; numbers are given to new owners.",
    LinkKind.EMAIL: "Couples, families and agencies read one mailbox.",
    LinkKind.ADDRESS: "Families, flatmates, former tenants and halls of residence share an "
    "address.",
    LinkKind.SHIP_TO: "Flatmates, relatives and neighbours receive parcels for each other.",
    LinkKind.BANK_ACCOUNT: "Couples and families have joint accounts; some lend theirs to a "
    "relative.",
    LinkKind.DOCUMENT_NUMBER: "The same person after a change of name, or an application made "
    "twice.",
    LinkKind.DOCUMENT_PICTURE: "The same person after a change of name, or a picture that was "
    "sent for the wrong candidate.",
    LinkKind.FILE: "The same person applied twice, or a file that was sent for the wrong "
    "candidate.",
    LinkKind.DEVICE: "Families, libraries and internet cafés share computers; used ones are sold, "
    "and a company's own go from one hand to the next.",
    LinkKind.IP: "People of one home, one office, one campus or one provider share a network "
    "address.",
    LinkKind.FACE: "Twins and siblings look alike; the same person may have changed their name.",
    LinkKind.ROOM: "Flatmates, co-workers and users of one meeting room sit before one wall.",
    LinkKind.RESUME_TEXT: "Templates, agencies and writing aids give many the same sentences.",
    LinkKind.PORTFOLIO: "Several people made one project, or share a studio's page.",
    LinkKind.ACCOUNT: "A team's or a firm's account that several may name as theirs.",
    LinkKind.REFERENCE_CONTACT: "One manager speaks for several former colleagues.",
}
_OF_HUBS = {
    Hub.HOUSEHOLD: "It goes with the home that they share, and counts with it.",
    Hub.AGENCY: "So many share it that it is likely an agency's, which applies for all of them.",
    Hub.CAMPUS: "So many share it that it is likely a campus' or a company's.",
    Hub.CARRIER: "So many share it that it is likely a carrier's, which serves all of them.",
}


def explanation(kind: LinkKind, damped_as: Hub | None) -> str:
    """What would explain it innocently, and why it is damped where it is."""
    return " ".join(filter(None, (_OF_KINDS[kind], damped_as and _OF_HUBS[damped_as])))
