"""Words by which a position, an employer, an institution or a degree is told from the others.

They only say which of the texts beside a date is what; none of them is kept. Several languages,
since a résumé is read in whatever language it is written.
"""

import re
from enum import Enum

from verifiers.resume.sections import folded


class Kind(Enum):
    """What a text names."""

    POSITION = "position"
    EMPLOYER = "employer"
    INSTITUTION = "institution"
    DEGREE = "degree"
    UNKNOWN = "unknown"


_POSITIONS = """
    engineer developer programmer architect manager analyst consultant designer
    administrator director lead leader head officer specialist scientist researcher
    assistant intern trainee apprentice coordinator technician supervisor executive
    president founder cofounder owner partner associate accountant nurse teacher lecturer
    professor tutor instructor writer editor advisor adviser agent representative clerk
    operator driver mechanic electrician chef cook waiter cashier secretary receptionist
    auditor controller planner buyer strategist producer photographer journalist translator
    pharmacist physician doctor surgeon dentist therapist lawyer attorney paralegal
    solicitor librarian fellow student postdoc freelancer contractor tester devops sre cto
    ceo cfo coo cio vp evangelist recruiter generalist foreman inspector estimator surveyor
    drafter welder carpenter plumber guard soldier captain pilot steward master maintainer
    volunteer ingenieur entwickler leiter berater mitarbeiter sachbearbeiter werkstudent
    praktikant referent verkaufer kaufmann kauffrau techniker mechaniker lehrer arzt
    geschaftsfuhrer assistent fachkraft pfleger krankenschwester auszubildende
    auszubildender architekt programmierer stagiair administratorin koordinator ingenieure
    developpeur developpeuse directeur directrice responsable charge chargee chef stagiaire
    conseiller conseillere technicien technicienne consultante analyste enseignant
    enseignante infirmier infirmiere comptable vendeur vendeuse assistante gestionnaire
    redacteur alternant doctorant doctorante ingeniero ingeniera desarrollador
    desarrolladora programador programadora gerente jefe jefa director directora analista
    consultor consultora tecnico tecnica becario becaria profesor profesora enfermera
    enfermero contador asistente engenheiro engenheira desenvolvedor desenvolvedora
    estagiario estagiaria coordenador coordenadora ingegnere sviluppatore sviluppatrice
    responsabile consulente tirocinante impiegato impiegata docente medewerker ontwikkelaar
    adviseur beheerder stagiair hoofd inzynier programista kierownik specjalista asystent
    stazysta konsultant utvecklare ingenjor chef konsult larare sjukskoterska udvikler
    utvikler ingenior leder radgiver konsulent kehittaja insinoori johtaja paallikko
    asiantuntija vyvojar inzenyr vedouci programator inginer muhendis mudur uzman
    gelistirici asistan инженер разработчик программист менеджер руководитель аналитик
    специалист директор стажер стажёр инженерка розробник програміст fejleszto mernok vezeto
"""
_POSITION = re.compile(
    rf"(?:{'|'.join(sorted({folded(word) for word in _POSITIONS.split()}, key=len, reverse=True))})"
    r"(?:in|innen|s|e|a|er|ka|\.in|[:*]in|/in|ove|en|n)?"
)
_LONE = ("cto", "ceo", "cfo", "coo", "cio", "vp", "sre", "lead", "head", "guard", "cook", "leader")
"""Too short to be looked for at the end of a longer word."""
_IN_NAMES = frozenset(("partners", "associates", "masters", "doctors", "engineers", "architects"))
"""Of several people: part of a firm's name."""

_LEGAL = re.compile(
    r"(?:^|[\s,(])(?:[Ii]nc|INC|LLC|L\.L\.C|[Ll]td|LTD|[Ll]imited|[Cc]orp|[Cc]orporation|G?mbH|GmbH"
    r"|AG|KG|KGaA|OHG|SE|UG|e\.\s?V|eG|PLC|plc|LLP|LP|S\.?A\.?S?|SARL|S\.?r\.?l|SRL|S\.?p\.?A"
    r"|B\.?V|N\.?V|AB|Oyj?|A/?S|AS|ApS|[Pp]ty|[Pp]vt|K\.?K|sp\.\s?z\s?o\.\s?o|s\.\s?r\.\s?o|a\.\s?s"
    r"|[Kk]ft|Zrt|ООО|ЗАО|ОАО|ПАО|АО|Ltda|S\.?L\.?U?|d\.\s?o\.\s?o|株式会社|Co)\.?(?=$|[\s,)])"
)
_EMPLOYERS = re.compile(
    r"\b(?:bank|group|groupe|gruppe|labs?|laborator\w+|technolog(?:y|ies)|solutions|systems|software"
    r"|consulting|hospital|clinic|klinik\w*|ministry|council|agency|studios?|partners|holdings?"
    r"|industries|international|services|foundation|museum|airlines?|insurance|energy|freight"
    r"|logistics|media|networks?|pharma\w*|capital|ventures|enterprises?|company|stores?|hotels?"
    r"|restaurant|bakery|department|government|embassy|stadtwerke|stadt|verlag|werke|association"
    r"|society|institute?|universi\w+|hochschule|school|college|freelance|self[- ]employed)\b",
    re.IGNORECASE,
)
_INSTITUTION = re.compile(
    r"universi\w*|univ\b|university|hochschule|fachhochschule|college|\bschool|schule\b|institut\w*"
    r"|academ\w+|akademi\w*|polytechni\w*|politecni\w*|politechni\w*|ecole|lycee|gymnasi\w*"
    r"|facult\w+|facultad|faculdade|escuela|escola|instituto|colegio|\bliceo|universidad\w*|\bmit\b"
    r"|\beth\b|\bepfl\b|\btu\b|\bfh\b|\brwth\b|\biit\b|yliopisto|korkeakoulu|hogskol\w*|hojskole"
    r"|hogeschool|uniwersytet|szkola|egyetem|iskola|univerzit\w*|sveuciliste|fakult\w*|univerza"
    r"|универси\w*|институт|академи\w*|колледж|школа|大学|学院|高校|대학교|bootcamp|conservator\w+"
    r"|panepistimio|πανεπιστημιο|seminary|berufskolleg|realschule|\bsup\w*lec\b"
)
_SUBJECT = (
    r"(?:science|sciences|arts|engineering|laws?|business administration|technology|commerce"
    r"|philosophy|education|fine arts|medicine|music|applied science|business|architecture"
    r"|computer applications|public health|public administration|social work|nursing|research)"
)
_DEGREE = re.compile(
    rf"(?:\b(?:joint |double |executive )?(?:bachelor|master|doctor|associate)(?:['’]?s)?"
    rf"(?:\s+of\s+{_SUBJECT}\b)?(?:\s+degree)?"
    r"|(?<![\w.])(?:b\.?\s?sc|m\.?\s?sc|b\.?\s?a|m\.?\s?a|b\.?\s?eng|m\.?\s?eng|b\.?\s?tech|m\.?\s?tech"
    r"|b\.?\s?s|m\.?\s?s|m\.?\s?phil|ph\.?\s?d|d\.?\s?phil|m\.?\s?b\.?\s?a|ll\.?\s?[bm]|b\.?\s?ed|m\.?\s?ed"
    r"|b\.?\s?com|b\.?\s?c\.?a|m\.?\s?c\.?a|b\.?\s?e|m\.?\s?e|a\.?\s?a\.?\s?s?|m\.?\s?d|j\.?\s?d|h\.?n\.?[dc]"
    r"|b\.?f\.?a|m\.?f\.?a|m\.?p\.?h|m\.?p\.?a|bts|dut|cap|deug|dea|dess)"
    r"(?:\.|(?![\w.]))(?:\s*\(?hons?\.?\)?)?"
    r"|\b(?:diplom(?:a)?(?:[- ]\w*ingenieur\w*)?|diplôme(?:\s+d['’]ing[ée]nieur)?|dipl\.[- ]?\w+\.?"
    r"|magister|magist[èe]r\w*|staatsexamen|abitur|matura|promotion|ausbildung|umschulung|habilitation"
    r"|licenciatura|licence|licenciad[oa]|grado|m[áa]ster(?:ado)?|maestr[íi]a|doctorad[oa]"
    r"|doctorat|doctorate|dottorato|laurea(?:\s+\w+ale)?|bacharel(?:ado)?|mestrado|doutorado"
    r"|t[ée]cnic[oa]|ingenier[íi]a|baccalaur[ée]at|bachillerato|maîtrise|licencjat|in[żz]ynier"
    r"|magisterskie|kandidat\w*|civilingenj[öo]r|inginer|lisans|y[üu]ksek lisans|бакалавр|магистр"
    r"|специалист|кандидат|a[- ]levels?|gcses?|high school diploma|certificate|postgraduate"
    r"|undergraduate|minor|major|foundation degree|apprenticeship|本科|学士|硕士|博士|修士)\b)",
    re.IGNORECASE,
)


def work_kind(text: str) -> Kind:
    """Whether a text names a position or an employer."""
    if _LEGAL.search(text):
        return Kind.EMPLOYER
    words = re.findall(r"[\w.:*/]+", folded(text))
    if any(_is_position(word.strip(".:/*")) for word in words):
        return Kind.POSITION
    return Kind.EMPLOYER if _EMPLOYERS.search(text) else Kind.UNKNOWN


def has_legal_form(text: str) -> bool:
    """Whether a company's legal form is in it."""
    return bool(_LEGAL.search(text))


def _is_position(word: str) -> bool:
    if word in _IN_NAMES:
        return False
    if _POSITION.fullmatch(word):
        return True
    if word in _LONE or len(word) < 9:
        return False
    return any(
        match.start() >= 3 and match.end() == len(word) and len(match[0]) >= 5
        for match in _POSITION.finditer(word)
    )


def course_kind(text: str) -> Kind:
    """Whether a text names an institution or a degree."""
    if _INSTITUTION.search(folded(text)):
        return Kind.INSTITUTION
    return Kind.DEGREE if degree_in(text) else Kind.UNKNOWN


def degree_in(text: str) -> re.Match[str] | None:
    """Where a degree is named."""
    return _DEGREE.search(text)
