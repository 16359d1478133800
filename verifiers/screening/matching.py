"""People and entities beside sanctions lists: a name alone surfaces nobody.

A hit is a name and a hard identifier (`identifiers`). Both are looked up together, so that a name
is compared only with those of entries that agree in an identifier already, and share the beginnings
or the bones of some of its words.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from models.circumstances import Listed, ListedKind
from models.sanctions import Hit, ListEntry, NameQuality, Party, SanctionsList
from verifiers.screening.alike import Alike
from verifiers.screening.identifiers import (
    BIRTH_DATE,
    ONE_ENTRYS_ALONE,
    Identifier,
    born_within_a_year,
    of_entry,
    of_party,
    years_around,
)
from verifiers.screening.names import PersonName, compare_persons, prepared_person
from verifiers.screening.organisations import (
    OrganisationName,
    compare_organisations,
    prepared_organisation,
)
from verifiers.screening.parties import parties_of
from verifiers.screening.person_names import without_article
from verifiers.screening.sounds import Word, word

__all__ = ["ListIndex", "compared", "listed_of", "parties_of"]

Prepared = PersonName | OrganisationName

_BEGINNING, _OF_WHOLE = 3, 6
"""Letters by which the beginning of a word is looked up, and that of a whole name."""
_CROWD = 20
"""Names near one that is looked for, from which it is a common one."""


class ListIndex:
    """Lists made searchable. Built once, asked from several threads."""

    def __init__(self, lists: Iterable[SanctionsList]) -> None:
        self.lists = tuple(lists)
        self._entries: list[tuple[ListEntry, SanctionsList]] = []
        self._names_of: list[range] = []
        self._names: list[tuple[Prepared, ...]] = []
        """Of each entry, as `entry.names` has them."""
        self._entry_of: list[int] = []
        """Of each name, which entry's it is; names of one entry stand together."""
        self._place_of: list[int] = []
        """Of each name, its place in that entry."""
        self._words_of: list[int] = []
        """Of each name, how many words it has that are no initials."""
        self._by_word: dict[tuple[ListedKind, str], set[int]] = {}
        """Names that have such a word."""
        self._by_identifier: dict[Identifier, set[int]] = {}
        """Entries."""
        self._by_year: dict[int, set[int]] = {}
        """Names of entries born in that year, or within a year of it."""
        for one in self.lists:
            for entry in one.entries:
                self._add(entry, one)

    def _add(self, entry: ListEntry, of: SanctionsList) -> None:
        number = len(self._entries)
        names = tuple(_prepared(entry.kind, name.text) for name in entry.names)
        self._entries.append((entry, of))
        self._names.append(names)
        first = len(self._entry_of)
        for place, name in enumerate(names):
            for keys in _keys(name):
                for key in keys:
                    self._by_word.setdefault((entry.kind, key), set()).add(len(self._entry_of))
            self._entry_of.append(number)
            self._words_of.append(sum(len(_text(one)) > 1 for one in name.words))
            self._place_of.append(place)
        self._names_of.append(range(first, len(self._entry_of)))
        for identifier in of_entry(entry):
            self._by_identifier.setdefault(identifier, set()).add(number)
        for span in entry.births:
            for year in years_around(span):
                self._by_year.setdefault(year, set()).update(self._names_of[number])

    def search(self, party: Party) -> tuple[Hit, ...]:
        """Entries that agree with the party by name and by a hard identifier, the best first.

        Words of the party's names stay in memory until `forget_names`: whoever is through with a
        case or a file calls that.
        """
        agreeing = self._agreeing(party)
        born_near = self._by_year.get(party.birth_date.year) if party.birth_date else None
        if not agreeing and not born_near:
            return ()
        hits: list[Hit] = []
        among = born_near or set()
        if agreeing:
            among = among.union(*(self._names_of[number] for number in agreeing))
        for number, names in self._named_near(party, among).items():
            entry, of = self._entries[number]
            found = [*agreeing.get(number, ())]
            if _born_near(party.birth_date, entry):
                found.insert(0, BIRTH_DATE)
            best = self._best(party, number, names) if found else None
            if best is None:
                continue
            weak = entry.names[best[1]].quality is NameQuality.WEAK
            if not weak or not ONE_ENTRYS_ALONE.isdisjoint(found):
                hits.append(
                    Hit(
                        party=party,
                        entry=entry,
                        matched_name=entry.names[best[1]].text,
                        score=best[0].score,
                        explanation=best[0].explanation,
                        agrees_in=tuple(dict.fromkeys(found)),
                        list_published_on=of.published_on,
                        list_fetched_at=of.fetched_at,
                    )
                )
        return tuple(sorted(hits, key=lambda hit: (-hit.score, hit.entry.list_name, hit.entry.id)))

    def named_alike(self, party: Party) -> Iterator[tuple[ListEntry, Alike]]:
        """Entries of which the name alone agrees: for measuring how many there are.

        They are nobody's business: neither this nor its number goes to a person.
        """
        for number, names in self._named_near(party, None).items():
            if best := self._best(party, number, names):
                yield self._entries[number][0], best[0]

    def _agreeing(self, party: Party) -> dict[int, list[str]]:
        """Numbers of entries, and in which identifiers they agree."""
        found: dict[int, list[str]] = {}
        for identifier in of_party(party):
            for number in self._by_identifier.get(identifier, ()):
                found.setdefault(number, []).append(identifier[0])
        return found

    def _named_near(self, party: Party, among: set[int] | None) -> dict[int, list[int]]:
        """Of these names those worth comparing with the party's, by their entries, both by number.

        `None`: of all names.
        """
        near: set[int] = set()
        for text in party.names:
            shared: Counter[int] = Counter()
            words = 0
            of_word: set[int] = set()
            for keys in _keys(_prepared(party.kind, text)):
                words += 1
                of_word = set()
                for key in keys:
                    if posted := self._by_word.get((party.kind, key)):
                        of_word |= posted if among is None else among & posted
                shared.update(of_word)
            # The last of a name's keys is that of the whole.
            near |= of_word
            least = min(2, words - 1)
            some = [name for name, count in shared.items() if count >= least]
            if len(some) > _CROWD:
                # Of a common name only those are compared whose every word has a like one.
                some = [n for n in some if shared[n] >= min(words - 1, self._words_of[n])]
            near.update(some)
        found: dict[int, list[int]] = {}
        for name in sorted(near):
            found.setdefault(self._entry_of[name], []).append(self._place_of[name])
        return found

    def _best(self, party: Party, number: int, places: list[int]) -> tuple[Alike, int] | None:
        """How the best of these names of the entry agrees with one of the party's, and its place.

        Of equals a name that the list is sure of comes first.
        """
        entry = self._entries[number][0]
        if entry.kind is not party.kind:
            return None
        best: tuple[tuple[bool, float], Alike, int] | None = None
        for text in party.names:
            asked = _prepared(party.kind, text)
            for place in places:
                alike = compared(asked, self._names[number][place])
                if not alike.match:
                    continue
                rank = (entry.names[place].quality is not NameQuality.WEAK, alike.score)
                if best is None or rank > best[0]:
                    best = (rank, alike, place)
        return (best[1], best[2]) if best else None


def listed_of(hits: Iterable[Hit]) -> tuple[Listed, ...]:
    """Hits as the rules read them."""
    return tuple(
        Listed(
            kind=hit.entry.kind,
            role=hit.party.role,
            list_name=hit.entry.list_name,
            entry=f"{hit.entry.names[0].text} ({hit.entry.id})",
            agrees_in=hit.agrees_in,
        )
        for hit in hits
    )


def compared(one: Prepared, other: Prepared) -> Alike:
    """Two names of one kind, compared."""
    if isinstance(one, PersonName) and isinstance(other, PersonName):
        return compare_persons(one, other)
    if isinstance(one, OrganisationName) and isinstance(other, OrganisationName):
        return compare_organisations(one, other)
    raise TypeError("a person's name and an organisation's are not compared")


def _prepared(kind: ListedKind, text: str) -> Prepared:
    return prepared_person(text) if kind is ListedKind.PERSON else prepared_organisation(text)


def _text(one: Word | str) -> str:
    return one if isinstance(one, str) else one.text


def _born_near(born: date | None, entry: ListEntry) -> bool:
    return born is not None and born_within_a_year(born, entry.births)


def _keys(name: Prepared) -> Iterator[set[str]]:
    """For each word of a name what it is looked up by, and at last the same for the whole."""
    if isinstance(name, OrganisationName):
        for text in name.words:
            one = word(text)
            yield {f"^{one.sound[:_BEGINNING]}", f"-{one.loose}"}
        whole = word("".join(name.words))
        yield {f"={whole.sound[:_OF_WHOLE]}", *(f"={text}" for text in name.initials)}
        return
    for one in name.words:
        if len(one.text) > 1:
            keys = {f"^{one.sound[:_BEGINNING]}"}
            if len(one.loose) > 1:
                keys.add(f"-{one.loose}")
            if bare := without_article(one.text):
                keys.add(f"^{word(bare).sound[:_BEGINNING]}")
            if one.eastern:
                keys |= {f"~{one.family}", f"+{one.eastern[:_BEGINNING]}"}
            if name.also:
                keys |= {
                    key
                    for also in name.also
                    for key in (f"~{also.family}", f"+{(also.eastern or '')[:_BEGINNING]}")
                }
            yield keys
    yield {f"={word(''.join(one.text for one in name.words)).sound[:_OF_WHOLE]}"}
