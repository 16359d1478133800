"""One issuer as certificates write it (ISO 3166-1 alpha-2) and as zones do (9303-3 §5).

Which state it is never weighs; only whether signer, CSCA and data name the same one.
"""

from verifiers.documents.mrz_fields import FILLER

_PAIRS = """
    ABWAW AFGAF AGOAO AIAAI ALAAX ALBAL ANDAD AREAE ARGAR ARMAM ASMAS ATAAQ ATFTF ATGAG AUSAU AUTAT
    AZEAZ BDIBI BELBE BENBJ BESBQ BFABF BGDBD BGRBG BHRBH BHSBS BIHBA BLMBL BLRBY BLZBZ BMUBM BOLBO
    BRABR BRBBB BRNBN BTNBT BVTBV BWABW CAFCF CANCA CCKCC CHECH CHLCL CHNCN CIVCI CMRCM CODCD COGCG
    COKCK COLCO COMKM CPVCV CRICR CUBCU CUWCW CXRCX CYMKY CYPCY CZECZ DEUDE DJIDJ DMADM DNKDK DOMDO
    DZADZ ECUEC EGYEG ERIER ESHEH ESPES ESTEE ETHET FINFI FJIFJ FLKFK FRAFR FROFO FSMFM GABGA GBRGB
    GEOGE GGYGG GHAGH GIBGI GINGN GLPGP GMBGM GNBGW GNQGQ GRCGR GRDGD GRLGL GTMGT GUFGF GUMGU GUYGY
    HKGHK HMDHM HNDHN HRVHR HTIHT HUNHU IDNID IMNIM INDIN IOTIO IRLIE IRNIR IRQIQ ISLIS ISRIL ITAIT
    JAMJM JEYJE JORJO JPNJP KAZKZ KENKE KGZKG KHMKH KIRKI KNAKN KORKR KWTKW LAOLA LBNLB LBRLR LBYLY
    LCALC LIELI LKALK LSOLS LTULT LUXLU LVALV MACMO MAFMF MARMA MCOMC MDAMD MDGMG MDVMV MEXMX MHLMH
    MKDMK MLIML MLTMT MMRMM MNEME MNGMN MNPMP MOZMZ MRTMR MSRMS MTQMQ MUSMU MWIMW MYSMY MYTYT NAMNA
    NCLNC NERNE NFKNF NGANG NICNI NIUNU NLDNL NORNO NPLNP NRUNR NZLNZ OMNOM PAKPK PANPA PCNPN PERPE
    PHLPH PLWPW PNGPG POLPL PRIPR PRKKP PRTPT PRYPY PSEPS PYFPF QATQA REURE ROURO RUSRU RWARW SAUSA
    SDNSD SENSN SGPSG SGSGS SHNSH SJMSJ SLBSB SLESL SLVSV SMRSM SOMSO SPMPM SRBRS SSDSS STPST SURSR
    SVKSK SVNSI SWESE SWZSZ SXMSX SYCSC SYRSY TCATC TCDTD TGOTG THATH TJKTJ TKLTK TKMTM TLSTL TONTO
    TTOTT TUNTN TURTR TUVTV TWNTW TZATZ UGAUG UKRUA UMIUM URYUY USAUS UZBUZ VATVA VCTVC VENVE VGBVG
    VIRVI VNMVN VUTVU WLFWF WSMWS YEMYE ZAFZA ZMBZM ZWEZW
"""
ALPHA_2_OF = {pair[:3]: pair[3:] for pair in _PAIRS.split()}
"""ISO 3166-1: two letters by three."""

_FURTHER = {
    "DE": "D",
    "EU": "EUE",
    "GB": "GBD GBN GBO GBP GBS",
    "KS": "RKS",
    "UN": "UNO UNA UNK",
    "XK": "RKS",
}
"""9303-3 §5 beyond ISO 3166-1, by what the certificates of these issuers write."""

_SIGNED_FOR = {
    "CN": "HKG MAC",
    "DK": "FRO GRL",
    "FI": "ALA",
    "FR": "BLM GLP GUF MAF MTQ MYT NCL PYF REU SPM",
    "GB": "AIA BMU CYM FLK GGY GIB IMN JEY MSR PCN SHN TCA VGB",
    "NL": "ABW BES CUW SXM",
    "NZ": "COK NIU TKL",
    "US": "ASM GUM MNP PRI VIR",
}
"""Territories whose documents a state may sign, beside certificates of their own."""


def signers_of(state: str) -> frozenset[str]:
    """The countries whose certificates sign for this issuing state, a code of three characters.

    Empty where the code belongs to no issuer that is known.
    """
    code = state.rstrip(FILLER).upper()
    own = {ALPHA_2_OF[code]} if code in ALPHA_2_OF else set()
    others = [*_FURTHER.items(), *_SIGNED_FOR.items()]
    return frozenset(own | {signer for signer, codes in others if code in codes.split()})


def alpha_2(country: str | None) -> str | None:
    """What a certificate writes for its country as two letters; some write three."""
    return ALPHA_2_OF.get(country, country) if country else None
