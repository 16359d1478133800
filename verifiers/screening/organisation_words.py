"""What words of organisations' names mean: legal forms, kinds of business, places, figures.

General knowledge, romanised as `scripts` does it. A word that is not here is taken to be a name of
the organisation's own.
"""

_LEGAL_FORMS = {
    "limited": """
limited, ltd, llc, l l c, limited liability company, private limited, pvt ltd, pte ltd, pty ltd,
co ltd, company limited, co limited, sdn bhd, ooo, too, tov, tzov, uab, ou, sia, gmbh,
gesellschaft mit beschrankter haftung, ggmbh, mbh, sarl, srl, s r l, spzoo, sp z o o, sp zoo, sp
z oo, spolka z ograniczona odpowiedzialnoscia, sro, s r o, doo, d o o, dooel, bv, besloten
vennootschap, sl, sociedad limitada, ltda, limitada, lda, kft, kk, kabushiki kaisha, yk, godo
kaisha, bvba, sprl, eood, ood, wll, fze, fzc, fzco, fz llc, fzllc, dmcc, aps, anpartsselskab,
obshchestvo s ogranichennoy otvetstvennostyu, tovarishchestvo s ogranichennoy otvetstvennostyu,
yuhan hoesa, jusik hoesa, chusik hoesa, youxian gongsi, ltd sti, limited sirketi, sti, ehf, pt,
perseroan terbatas, tbk
""",
    "joint stock": """
jsc, ojsc, cjsc, pjsc, oao, zao, pao, ao, aoot, nao, vat, pat, prat, aat, zat, joint stock
company, open joint stock company, closed joint stock company, public joint stock company,
private joint stock company, aktsionernoe obshchestvo, otkrytoe aktsionernoe obshchestvo,
zakrytoe aktsionernoe obshchestvo, publichnoe aktsionernoe obshchestvo, ag, aktiengesellschaft,
sa, s a, sociedad anonima, societe anonyme, sociedade anonima, spa, s p a, societa per azioni,
nv, n v, naamloze vennootschap, ab, aktiebolag, as, a s, asa, aksjeselskap, aktieselskab, anonim
sirketi, anonim sirket, oy, oyj, osakeyhtio, plc, public limited company, rt, nyrt, zrt, dd, d
d, ad, sab, sab de cv, sa de cv, s a de c v, sapi de cv, se, societas europaea, sas, s a s, psc,
pjs, saoc, saog, sal, bhd, berhad
""",
    "corporation": """
inc, incorporated, corp, corporation, co, company, cia, compania, cie, compagnie, gongsi, hoesa,
sherkat, sharkat, sharika, kompaniya, firma, na, n a
""",
    "partnership": """
lp, l p, llp, l l p, lllp, limited partnership, limited liability partnership, kg,
kommanditgesellschaft, gmbh co kg, gmbh und co kg, ohg, gbr, kgaa, snc, scs, cv, vof, ks
""",
    "other": """
ev, e v, eingetragener verein, eg, fgup, gup, mup, federal state unitary enterprise, federalnoe
gosudarstvennoe unitarnoe predpriyatie, gosudarstvennoe unitarnoe predpriyatie, ip,
individualnyy predprinimatel, chp, eurl, ei, ek, pllc, pc
""",
}

_GENERIC = """
academy administration advisors advisory aero aerospace agencies agency agricultural agriculture
airlines airways alliance assets associates association authority automation automotive aviation
bank bankcorp banking banque banco bancorp board brokerage brothers building bureau business
cable capital cargo cement center central chamber charitable charity chemical chemicals church
clinic clothing club college commerce commercial commission committee communication
communications computer computing concern construction constructors consultancy consultants
consulting consumer contracting contractors cooperation cooperative council credit defence
defense delivery department design development digital directorate distribution division
education educational electric electrical electronic electronics energy engineering enterprise
enterprises entertainment environmental equipment equity establishment estate exchange
exploration export express fabrication facility factory farm fashion federal federation film
finance financial fishing fisheries food foods forest forwarding foundation freight fund funds
furniture garment gas general global government group grupo gruppa health healthcare heavy
holding holdings home hospital hotel hotels import import-export industrial industries industry
information infrastructure institute institution instruments insurance international invest
investment investments jewelry laboratories laboratory labor labour leasing light lines
logistics machine machinery management manufacturing marine maritime market marketing media
medical merchant metal metallurgical metals military mill mills mine mineral minerals mining
ministry mobile mortgage motor motors national network networks office offshore oil operations
organization pacific partners party pension personal petroleum petrochemical pharma
pharmaceutical pharmaceuticals pipeline plant plastics plc ports power precision press printing
private product production productions products program project projects properties property
public publishing railway railways real realty refinery refining regional republic research
reserve resources restaurant retail road robotics sales school science sciences scientific
secretariat securities security semiconductor service services ship shipbuilding shipping
shipyard shop society software solution solutions special sports standard state station steel
stock storage store stores studio studios supplies supply support system systems tanker tech
technical technologies technology telecom telecommunication telecommunications textile textiles
tobacco tools tourism trade trading training transit transport transportation travel treasury
trust union unit united university utilities ventures vessel warehouse wholesale works world
worldwide zone zavod torgovyy dom kombinat tsentr nauchnyy proizvodstvennoe predpriyatie stroy
prom industriya handel handels handelsgesellschaft beteiligungs verwaltungs immobilien
vermogensverwaltung wirtschafts technik werke comercial comercio industria industrias
industriale servicios servizi constructora inmobiliaria transportes sanayi ticaret insaat
nakliyat turizm gida
"""

SAME_WORD = {
    "intl": "international", "int'l": "international", "internacional": "international",
    "internationale": "international", "internazionale": "international",
    "natl": "national", "nacional": "national", "nationale": "national", "mfg": "manufacturing",
    "mgmt": "management", "mgt": "management", "dept": "department", "govt": "government",
    "assn": "association", "assoc": "association", "assocs": "associates", "bros": "brothers",
    "ctr": "center", "centre": "center", "centrum": "center", "tsentr": "center",
    "organisation": "organization", "organizatsiya": "organization", "univ": "university",
    "inst": "institute", "tech": "technology", "technologies": "technology",
    "tekhnologii": "technology", "svcs": "services", "service": "services", "serv": "services",
    "svc": "services", "eng": "engineering", "engg": "engineering", "indus": "industries",
    "industry": "industries", "ind": "industries", "inds": "industries", "fin": "financial",
    "finl": "financial", "grp": "group", "gruppa": "group", "grupo": "group", "groupe": "group",
    "gruppe": "group", "hldgs": "holdings", "hldg": "holdings", "holding": "holdings",
    "kholding": "holdings", "dev": "development", "devt": "development", "elec": "electric",
    "comm": "commercial", "gen": "general", "trdg": "trading", "torgovyy": "trading",
    "trade": "trading", "exim": "import export", "impex": "import export",
    "solution": "solutions", "system": "systems", "enterprise": "enterprises",
    "investments": "investment", "invest": "investment", "banque": "bank", "banco": "bank",
    "banka": "bank", "bankasi": "bank", "telecommunications": "telecom",
    "telecommunication": "telecom", "pharmaceuticals": "pharma", "pharmaceutical": "pharma",
    "labs": "laboratories", "lab": "laboratories", "transportation": "transport",
    "logistic": "logistics", "defence": "defense", "labour": "labor", "corporacion": "corporation",
    "korporatsiya": "corporation", "korporatsia": "corporation", "ministerstvo": "ministry",
    "universitet": "university", "universitat": "university", "universidad": "university",
    "institut": "institute", "instituto": "institute", "st": "saint", "ste": "saint",
    "mt": "mount", "usa": "united states", "uk": "united kingdom", "uae": "united arab emirates",
    "us": "united states", "ussr": "soviet union", "prc": "china", "dprk": "north korea",
    "deutschland": "germany", "schweiz": "switzerland",
    "suisse": "switzerland", "norge": "norway", "danmark": "denmark", "sverige": "sweden",
    "espana": "spain", "italia": "italy", "brasil": "brazil", "nederland": "netherlands",
    "osterreich": "austria", "polska": "poland", "turkiye": "turkey", "rossiya": "russia",
    "hellas": "greece", "belgique": "belgium", "belgie": "belgium", "suomi": "finland",
}  # fmt: skip
"""Abbreviations, spellings and translations of one word."""

_PLACES = """
afghanistan africa african albania algeria america american americas angola arab arabia arabian
argentina armenia asia asian atlantic australia austria azerbaijan bahamas bahrain bangladesh baltic
beijing belarus belgium berlin bermuda bolivia boston brazil british bulgaria burma california
cambodia cameroon canada caribbean cayman chad chicago chile china chinese cleveland colombia congo
croatia cuba cyprus czech dalian damascus delhi denmark dubai east eastern ecuador egypt emirates
england estonia ethiopia europe european finland france frankfurt geneva georgia german
germany ghana gibraltar greece guangdong guangzhou gulf hamburg havana hong kong hongkong hungary
iceland india indian indonesia iran iranian iraq ireland israel istanbul italy japan jersey jordan
kazakhstan kenya kiev korea kuwait kyiv kyrgyzstan laos latvia lebanon liberia libya liechtenstein
lithuania london luxembourg macau madrid malaysia mali malta mauritius mexico middle milan
moldova mongolia montenegro morocco moscow mozambique mumbai myanmar namibia netherlands
nigeria north northern norway oman ontario pakistan palestine panama paris peru philippines poland
portugal pyongyang qatar romania rome russia russian saudi serbia shandong shanghai shenyang
shenzhen singapore slovakia slovenia somalia south southern spain sudan sweden swiss
switzerland syria syrian taiwan tajikistan tanzania tehran texas thailand tokyo toronto tunisia
turkey turkmenistan uganda ukraine uruguay uzbekistan venezuela vietnam west western yemen york
zambia zimbabwe zurich
"""

_NUMBERS = """
one|first|i two|second|ii three|third|iii four|fourth|iv five|fifth|v six|sixth|vi seven|seventh|vii
eight|eighth|viii nine|ninth|ix ten|tenth|x eleven|eleventh|xi twelve|twelfth|xii thirteen|xiii
fourteen|xiv fifteen|xv
"""
_LITTLE = """
the of and for in on at a an de la le les el los las del des du da do dos di der die das und et y e
i dlya po pri ve al
"""
_AMBIGUOUS_FORMS = """
ab ad ag ao as at cia cie co cv dd eg ei ek ev ip kg kk ks lda na nv ou pat pc pt rt sa sab sal sas
se sia sl spa tbk too vat yk
"""

GENERIC = frozenset(_GENERIC.split())
"""Kinds of business and institution: shared by thousands, so they weigh little."""
PLACES = frozenset(_PLACES.split())
FIGURES = {
    word: str(number)
    for number, words in enumerate(_NUMBERS.split(), 1)
    for word in words.split("|")
}
"""Words and Roman figures that are numbers."""
LITTLE = frozenset(_LITTLE.split())
"""Words that are left out freely."""
ADDED_FREELY = frozenset(("group", "holdings"))
"""What a company calls itself with and without."""
FORMS: dict[tuple[str, ...], str] = {
    tuple(form.split()): family
    for family, forms in _LEGAL_FORMS.items()
    for form in forms.split(",")
    if form.strip()
}
"""Words of a legal form, and its family."""
LONGEST_FORM = max(map(len, FORMS))
AMBIGUOUS_FORMS = frozenset(_AMBIGUOUS_FORMS.split())
"""Forms that are also words of persons' names."""
