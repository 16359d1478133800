"""The sections of a résumé, by their headings in several languages."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from verifiers.resume.lines import Line


class Part(StrEnum):
    """What a section is about."""

    HEAD = "head"
    """Before the first heading, or under one about the person."""
    WORK = "work"
    EDUCATION = "education"
    SKILLS = "skills"
    CERTIFICATES = "certificates"
    REFERENCES = "references"
    OTHER = "other"
    """Nothing is read of it."""


@dataclass(frozen=True)
class Section:
    """A heading's part and the lines below it."""

    part: Part
    lines: tuple[Line, ...]
    heading: Line | None = None


_HEADINGS: dict[Part, str] = {
    Part.HEAD: """
        contact; contact details; contact information; contact info; personal details;
        personal information; personal data; kontakt; kontaktdaten; persönliche daten;
        persönliche angaben; zur person; coordonnées; informations personnelles; état civil;
        datos personales; contacto; dados pessoais; contato; contatto; contatti;
        dati personali; informazioni personali; persoonlijke gegevens; persoonsgegevens;
        contactgegevens; dane osobowe; dane kontaktowe; personuppgifter; henkilötiedot;
        personalia; osobní údaje; kişisel bilgiler; iletişim; контакты; личная информация;
        личные данные; личные сведения; 联系方式; 个人信息; 連絡先
    """,
    Part.WORK: """
        experience; work experience; professional experience; employment; employment history;
        work history; career history; career; relevant experience; professional background;
        professional history; positions; positions held; industry experience;
        working experience; experience summary; job history; selected experience;
        freelance experience; additional experience; other experience; earlier experience;
        previous experience; internships; internship experience; berufserfahrung;
        beruflicher werdegang; werdegang; berufspraxis; beruflicher hintergrund;
        berufliche erfahrung; berufstätigkeit; praktika; praktische erfahrung; beruf;
        expérience; expériences; expérience professionnelle; expériences professionnelles;
        parcours professionnel; parcours; emplois; experiencia; experiencia laboral;
        experiencia profesional; trayectoria profesional; historial laboral; experiência;
        experiência profissional; experiências profissionais; histórico profissional;
        esperienza; esperienze; esperienza lavorativa; esperienze lavorative;
        esperienza professionale; esperienze professionali; werkervaring; ervaring; loopbaan;
        doświadczenie; doświadczenie zawodowe; przebieg kariery; arbetslivserfarenhet;
        erfarenhet; yrkeserfarenhet; anställningar; erhvervserfaring; erfaring;
        arbeidserfaring; arbejdserfaring; yrkeserfaring; työkokemus; kokemus;
        pracovní zkušenosti; praxe; pracovné skúsenosti; experiență; experiență profesională;
        experiența profesională; iş deneyimi; deneyim; iş tecrübesi; опыт работы; опыт;
        профессиональный опыт; досвід роботи; szakmai tapasztalat; munkatapasztalat;
        επαγγελματική εμπειρία; εργασιακή εμπειρία; radno iskustvo; delovne izkušnje;
        професионален опит; pengalaman kerja; 工作经历; 工作經歷; 职业经历; 職務経歴; 職歴;
        경력; 경력사항
    """,
    Part.EDUCATION: """
        education; academic background; academic history; academic qualifications;
        educational background; educational qualifications; education and training;
        academic education; academics; qualifications; studies; degrees; schooling; ausbildung;
        bildung; bildungsweg; bildungsgang; studium; schulbildung; akademische ausbildung;
        hochschulbildung; schulische ausbildung; aus- und weiterbildung; schule; formation;
        formations; études; diplômes; formation académique; éducation; cursus;
        parcours académique; educación; formación; formación académica; estudios; educação;
        formação; formação acadêmica; formação académica; escolaridade; istruzione;
        istruzione e formazione; formazione; titoli di studio; opleiding; opleidingen;
        onderwijs; studie; edukacja; wykształcenie; utbildning; uddannelse; utdanning;
        utdannelse; koulutus; vzdělání; vzdelanie; educație; studii; eğitim; eğitim bilgileri;
        образование; освіта; tanulmányok; iskolai végzettség; végzettség; εκπαίδευση; σπουδές;
        obrazovanje; izobrazba; izobraževanje; pendidikan; 教育背景; 教育经历; 教育; 学历;
        学歴; 학력; 학력사항
    """,
    Part.SKILLS: """
        skills; technical skills; core skills; key skills; technologies; tech stack;
        core competencies; competencies; areas of expertise; expertise; technical expertise;
        tools; programming; skill set; skills and tools; it skills; professional skills;
        kenntnisse; fähigkeiten; edv-kenntnisse; it-kenntnisse; kompetenzen; fachkenntnisse;
        technische kenntnisse; compétences; compétences techniques; compétences informatiques;
        habilidades; competencias; conocimientos; aptitudes; habilidades técnicas;
        competências; competenze; competenze tecniche; vaardigheden; competenties;
        umiejętności; kompetencje; kompetenser; färdigheter; kompetencer; ferdigheter;
        kompetanse; taidot; dovednosti; zručnosti; competențe; abilități; beceriler;
        yetenekler; навыки; ключевые навыки; навички; készségek; δεξιότητες; vještine; veščine;
        keahlian; 技能; 专业技能; スキル; 기술
    """,
    Part.CERTIFICATES: """
        certificates; certifications; certification; licenses; licences;
        professional certifications; courses and certifications; zertifikate; zertifizierungen;
        certifications professionnelles; certificats; certificaciones; certificados;
        certificações; certificazioni; certificaten; certyfikaty; certifikat; certifikater;
        sertifikaatit; certifikáty; certificări; sertifikalar; сертификаты; 证书; 資格; 자격증
    """,
    Part.REFERENCES: """
        references; referees; referenzen; références; referencias; referências; referenze;
        referenties; referencje; referenser; referanser; suosittelijat; reference; referanslar;
        рекомендации
    """,
    Part.OTHER: """
        summary; profile; professional summary; professional profile; about; about me;
        objective; career objective; executive summary; personal statement; personal profile;
        overview; highlights; languages; language skills; interests; hobbies;
        hobbies and interests; personal interests; projects; personal projects;
        selected projects; key projects; side projects; open source; publications;
        selected publications; patents; awards; honors; honours; honors and awards;
        achievements; key achievements; accomplishments; volunteering; volunteer experience;
        volunteer work; volunteer; community; memberships; professional memberships;
        affiliations; activities; extracurricular activities; leadership; conferences; talks;
        presentations; training; courses; coursework; professional development; links;
        additional information; declaration; research; teaching; scholarships; strengths;
        social; profil; kurzprofil; zusammenfassung; über mich; sprachen; sprachkenntnisse;
        interessen; projekte; publikationen; veröffentlichungen; auszeichnungen; ehrenamt;
        engagement; weiterbildung; weiterbildungen; fortbildung; sonstiges; ziele; à propos;
        résumé; langues; centres d'intérêt; loisirs; projets; distinctions; bénévolat; perfil;
        perfil profesional; resumen; sobre mí; idiomas; intereses; proyectos; publicaciones;
        premios; voluntariado; cursos; resumo; sobre mim; interesses; projetos; publicações;
        prêmios; profilo; riepilogo; lingue; interessi; progetti; pubblicazioni; volontariato;
        corsi; profiel; samenvatting; talen; talenkennis; interesses; projecten;
        vrijwilligerswerk; cursussen; podsumowanie; języki; zainteresowania; projekty;
        szkolenia; språk; intressen; projekt; sammanfattning; sprog; interesser; kurser;
        kielet; kielitaito; harrastukset; profiili; jazyky; zájmy; limbi străine; proiecte;
        diller; ilgi alanları; projeler; языки; обо мне; о себе; интересы; проекты; мови;
        nyelvek; nyelvtudás; γλώσσες; jezici; jeziki; 语言; 语言能力; 自我评价; 项目经历; 兴趣;
        自己pr; 언어
    """,
}
_TITLES = frozenset(
    ("resume", "cv", "curriculum vitae", "lebenslauf", "curriculum", "cv / resume", "hoja de vida")
)
_JOINED = re.compile(r"\s*(?:[&/,+|]|\b(?:and|und|et|y|e|en|och|og|i)\b)\s*")
_LONGEST = 48


@lru_cache(maxsize=1)
def _parts() -> dict[str, Part]:
    return {
        folded(heading): part
        for part, headings in _HEADINGS.items()
        for heading in headings.split(";")
    }


def folded(text: str) -> str:
    """Lower case without accents, for comparing words."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def heading_of(text: str) -> Part | None:
    """The part that this text is the heading of; `None` for any other text."""
    if len(text) > 2 * _LONGEST:
        return None
    written = text.strip(" :：.•–—-|_#*·\t").rstrip(" 0123456789()–-")
    letters = written.split(" ")
    if len(letters) >= 4 and sum(len(one) <= 1 for one in letters) >= 0.8 * len(letters):
        # Letters set apart; the space between words is a wider one, and is lost.
        spaced = folded("".join(letters))
        return next((p for name, p in _parts().items() if name.replace(" ", "") == spaced), None)
    plain = folded(written)
    if not plain or len(plain) > _LONGEST:
        return None
    if part := _parts().get(plain):
        return part
    pieces = [piece for piece in _JOINED.split(plain) if piece]
    known = [part for piece in pieces if (part := _parts().get(piece))]
    return known[0] if len(pieces) > 1 and len(known) == len(pieces) else None


def is_document_title(text: str) -> bool:
    """Whether it only says that this is a résumé."""
    return folded(text.strip(" :–—-|")) in _TITLES


def sections(lines: Iterable[Line]) -> list[Section]:
    """The lines by sections, in order; what stands before the first heading is about the person."""
    found: list[Section] = []
    heading, part, below = None, Part.HEAD, list[Line]()
    for line in _margin_headings_apart(lines):
        if (next_part := _heads(line)) is not None:
            found.append(Section(part, tuple(below), heading))
            heading, part, below = line, next_part, []
        else:
            below.append(line)
    found.append(Section(part, tuple(below), heading))
    return [section for section in found if section.lines or section.heading]


def _heads(line: Line) -> Part | None:
    if line.bullet or len(line.cells) > 1:
        return None
    return heading_of(line.text)


def _margin_headings_apart(lines: Iterable[Line]) -> Iterator[Line]:
    """A heading in the margin, beside the first line of its section, as a line of its own."""
    for line in lines:
        if len(line.cells) > 1 and not line.bullet and heading_of(line.cells[0]) is not None:
            yield replace(line, cells=line.cells[:1])
            yield replace(line, cells=line.cells[1:], after_gap=True)
        else:
            yield line
