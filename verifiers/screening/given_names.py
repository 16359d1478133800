"""Given names that a letter or an ending tells apart: two people's, and no slip of the hand."""

from verifiers.nicknames import are_one_name

_PAIRS = """
andrea andreas  angel angela  carlo carla  christian christina  claudio claudia  daniel daniela
daniel danielle  dmitri dmitria  eric erica  erik erika  fernando fernanda  francesco francesca
gabriel gabriela  gabriel gabrielle  george georgia  jan jana  jean jeanne  joan john  joan jon
juan juana  julio julia  julian juliana  julian julia  karl karla  louis louise  luis luisa
lucian luciana  marcel marcela  mario maria  mario marie  marin marina  martin martina
michael michelle  michal michelle  michel michelle  nicolas nicola  oliver olivia  pablo paola
paul paula  paul pauline  paolo paola  patrick patricia  philip philippa  robert roberta
roberto roberta  roman romana  samuel samuela  sergio sergia  silvio silvia  simon simona
simon simone  stephan stephanie  valentin valentina  valerio valeria  victor victoria
viktor viktoria  vincent vincenza
"""
_WORDS = _PAIRS.split()
_TWO_NAMES = {frozenset(pair) for pair in zip(_WORDS[::2], _WORDS[1::2], strict=True)}


def are_two_names(one: str, other: str) -> bool:
    """Whether two words in a to z are known to be two given names, however near they are."""
    if frozenset((one, other)) in _TWO_NAMES:
        return True
    if one[0] != other[0]:  # A slip at the beginning leads to another name by chance.
        return False
    first, second = one.upper(), other.upper()
    known = are_one_name(first, first) and are_one_name(second, second)
    return known and not are_one_name(first, second)
