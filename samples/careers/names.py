"""Names from nine origins, in Latin letters and as they are written there.

Which name a life gets is independent of everything else in it, so that the same lives can be drawn
again with other names. The lists are short and our own; any likeness to a person is chance.
"""

from dataclasses import dataclass
from enum import StrEnum
from random import Random


class Shown(StrEnum):
    """How somebody's name stands in some place."""

    IN_FULL = "in full"
    FAMILY_FIRST = "family first"
    INITIAL = "initial"
    CAPITALS = "capitals"
    ORIGINAL = "original"
    """In the script that it comes from; for Latin ones with their accents."""
    WITH_SECOND = "with second given name"
    GIVEN_ONLY = "given name only"


@dataclass(frozen=True)
class Name:
    """A person's name."""

    origin: str
    given: str
    family: str
    second: str
    """Another given name, which a document shows and a résumé often does not."""
    original: str

    @property
    def full(self) -> str:
        """As on a résumé."""
        return f"{self.given} {self.family}"

    def shown(self, how: Shown) -> str:
        """As it stands elsewhere."""
        return {
            Shown.IN_FULL: self.full,
            Shown.FAMILY_FIRST: f"{self.family} {self.given}",
            Shown.INITIAL: f"{self.given[0]}. {self.family}",
            Shown.CAPITALS: self.full.upper(),
            Shown.ORIGINAL: self.original,
            Shown.WITH_SECOND: f"{self.given} {self.second} {self.family}",
            Shown.GIVEN_ONLY: self.given,
        }[how]

    @property
    def handle(self) -> str:
        """Letters for an address or a login."""
        return f"{self.given}.{self.family}".lower().replace(" ", "").replace("'", "")


def a_name(random: Random, origin: str | None = None) -> Name:
    """A name; of that origin where one is given. Always draws the same number of times."""
    drawn = random.choice(tuple(ORIGINS))
    first, other, last = random.randrange(12), random.randrange(11), random.randrange(12)
    origin = origin or drawn
    given, family = ORIGINS[origin]
    second = given[(first + 1 + other) % 12][0]
    latin, original = given[first], family[last]
    family_first = origin in FAMILY_NAME_FIRST
    parts = (original[1], latin[1]) if family_first else (latin[1], original[1])
    joint = "" if origin in ("Chinese", "Korean") else " "
    return Name(origin, latin[0], original[0], second, joint.join(parts))


FAMILY_NAME_FIRST = ("Chinese", "Korean")

_Pairs = tuple[tuple[str, str], ...]


def _pairs(text: str) -> _Pairs:
    """`Latin=original` pairs; a word without `=` is written alike."""
    split = (word.partition("=") for word in text.split())
    return tuple((latin.replace("_", " "), original or latin) for latin, _, original in split)


ORIGINS: dict[str, tuple[_Pairs, _Pairs]] = {
    "Arabic": (
        _pairs(
            "Omar=عمر Layla=ليلى Yusuf=يوسف Mariam=مريم Khalid=خالد Noor=نور "
            "Hassan=حسن Salma=سلمى Tariq=طارق Huda=هدى Samir=سمير Rania=رانيا"
        ),
        _pairs(
            "Haddad=حداد Nasser=ناصر Mansour=منصور Saleh=صالح Darwish=درويش Khoury=خوري "
            "Aziz=عزيز Farouk=فاروق Hamdan=حمدان Qasim=قاسم Younes=يونس Zidan=زيدان"
        ),
    ),
    "Chinese": (
        _pairs(
            "Wei=伟 Fang=芳 Jing=静 Lei=磊 Yan=燕 Jun=军 Xiaoming=小明 Lihua=丽华 "
            "Haoran=浩然 Zihan=子涵 Guoqiang=国强 Meiling=美玲"
        ),
        _pairs(
            "Wang=王 Li=李 Zhang=张 Liu=刘 Chen=陈 Yang=杨 "
            "Zhao=赵 Huang=黄 Zhou=周 Wu=吴 Xu=徐 Sun=孙"
        ),
    ),
    "English": (
        _pairs("Emma James Olivia Henry Grace Thomas Alice Edward Lucy Daniel Hannah Peter"),
        _pairs(
            "Walker Hughes Bennett Cole Fletcher Harding Marsh O'Neill Parker Sutton Webb Whitfield"
        ),
    ),
    "Hindi": (
        _pairs(
            "Rohan=रोहन Priya=प्रिया Amit=अमित Neha=नेहा Vikram=विक्रम Anjali=अंजलि "
            "Rahul=राहुल Pooja=पूजा Sanjay=संजय Kavita=कविता Arjun=अर्जुन Meera=मीरा"
        ),
        _pairs(
            "Sharma=शर्मा Verma=वर्मा Gupta=गुप्ता Singh=सिंह Mishra=मिश्रा Joshi=जोशी "
            "Patel=पटेल Yadav=यादव Kapoor=कपूर Tiwari=तिवारी Chauhan=चौहान Mehta=मेहता"
        ),
    ),
    "Korean": (
        _pairs(
            "Minjun=민준 Seoyeon=서연 Jihoon=지훈 Yuna=유나 Donghyun=동현 Jiwoo=지우 "
            "Sungmin=성민 Hyejin=혜진 Junho=준호 Eunji=은지 Taeyang=태양 Soyoung=소영"
        ),
        _pairs(
            "Kim=김 Lee=이 Park=박 Choi=최 Jung=정 Kang=강 "
            "Cho=조 Yoon=윤 Jang=장 Lim=임 Han=한 Shin=신"
        ),
    ),
    "Polish": (
        _pairs(
            "Anna Michal=Michał Katarzyna Pawel=Paweł Malgorzata=Małgorzata Lukasz=Łukasz Ewa "
            "Tomasz Zofia Jakub Agnieszka Slawomir=Sławomir"
        ),
        _pairs(
            "Nowak Wisniewski=Wiśniewski Wojcik=Wójcik Kaminska=Kamińska Zielinski=Zieliński "
            "Wozniak=Woźniak Dabrowski=Dąbrowski Mazur Krol=Król Pawlak Gorski=Górski Sikora"
        ),
    ),
    "Spanish": (
        _pairs(
            "Maria=María Jose=José Lucia=Lucía Andres=Andrés Carmen Javier Sofia=Sofía Diego "
            "Ines=Inés Martin=Martín Elena Ramon=Ramón"
        ),
        _pairs(
            "Garcia=García Lopez=López Martinez=Martínez Sanchez=Sánchez Perez=Pérez Romero "
            "Nunez=Núñez Ortega Vazquez=Vázquez Molina Ibanez=Ibáñez Castro"
        ),
    ),
    "Ukrainian": (
        _pairs(
            "Oleksandr=Олександр Olena=Олена Andrii=Андрій Iryna=Ірина Serhii=Сергій "
            "Nataliia=Наталія Dmytro=Дмитро Oksana=Оксана Yurii=Юрій Kateryna=Катерина "
            "Taras=Тарас Sofiia=Софія"
        ),
        _pairs(
            "Shevchenko=Шевченко Kovalenko=Коваленко Bondarenko=Бондаренко Tkachenko=Ткаченко "
            "Melnyk=Мельник Kravets=Кравець Lysenko=Лисенко Moroz=Мороз Petrenko=Петренко "
            "Savchuk=Савчук Rudenko=Руденко Hrytsenko=Гриценко"
        ),
    ),
    "Yoruba": (
        _pairs(
            "Adebayo=Adébáyọ̀ Folake=Fọlákẹ́ Olumide=Olúmídé Yetunde=Yétúndé Ayodele=Ayọ̀délé "
            "Titilayo=Títílayọ̀ Babatunde=Babátúndé Bukola=Bùkọ́lá Kunle=Kúnlé Ronke=Rónkẹ́ "
            "Segun=Ṣẹ́gun Abiola=Abíọ́lá"
        ),
        _pairs(
            "Adeyemi=Adéyẹmí Ogunleye=Ògúnlẹ́yẹ Balogun=Balógun Oladipo=Ọládípọ̀ "
            "Akinola=Akínọlá Afolabi=Afọlábí Ojo=Òjó Bankole=Bánkọ́lé Olaniyan=Ọlániyan "
            "Fashola=Fáṣọlá Adesina=Adéṣínà Ajayi=Àjàyí"
        ),
    ),
}
"""Given and family names by origin."""
