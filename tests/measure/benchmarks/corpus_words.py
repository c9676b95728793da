"""The grammar of the generated corpus, and the words of its English reports."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FactForm:
    """How a fact is told and asked for; `answer` is the slot whose filling answers."""

    told: str
    asked: str
    answer: str


@dataclass(frozen=True, slots=True, eq=False)  # equal to itself alone, and so hashable
class Grammar:
    """A language's words and the sentences that they fill.

    In a sentence `{noun}` takes a word of that list of `words`; `{person}`, `{place}` and `{body}` one
    of the names that belong to a document; `{term}` one of the invented words of its subject; `{date}`,
    `{year}`, `{sum}`, `{share}` and `{count}` a number.
    """

    words: Mapping[str, Sequence[str]]
    sentences: Sequence[str]
    facts: Sequence[FactForm]
    titles: Sequence[str]
    headings: Sequence[str]
    bodies: Sequence[str]
    given_names: Sequence[str]
    months: Sequence[str]
    consonants: Sequence[str]
    vowels: Sequence[str]
    parts: tuple[Sequence[str], Sequence[str], Sequence[str]]
    date: str
    sum: str


def phrases(text: str) -> Sequence[str]:
    """What stands between commas."""
    return text.split(", ")


ENGLISH = Grammar(
    words={
        "country": (
            "Iraq Turkey Egypt Jordan Morocco Tunisia Kuwait Oman Greece Italy Spain Portugal France "
            "Germany Poland Romania Bulgaria Hungary Austria Norway Sweden Finland Denmark Ireland Georgia "
            "Armenia India Nepal Japan Vietnam Malaysia Indonesia Kenya Ghana Senegal Nigeria Mexico Chile "
            "Peru Brazil"
        ).split(),
        "sector": phrases(
            "border trade, river transport, grain storage, the power grid, public health, higher education, "
            "rural credit, port security, water supply, the oil sector, land registration, customs reform, "
            "air traffic, local government, the civil service, press law, fisheries, road building, housing "
            "finance, food prices, mine clearance, refugee return, labour law, the date harvest, export "
            "insurance, police training, the courts, archives, gas flaring, irrigation, railways, tax "
            "collection, telecommunications, waste water, primary schools"
        ),
        "noun": (
            "policy budget agreement report reform programme ministry council border market province treaty "
            "reserve election mandate deficit corridor alliance ceasefire subsidy tariff survey licence "
            "contract decree dispute audit network shortage delegation constitution committee pension "
            "harvest pipeline barrage embargo census grievance militia quota syndicate concession precedent "
            "moratorium referendum protocol annex ledger arbitration escrow cadastre levy surcharge estuary "
            "granary viaduct consulate gazette plenary"
        ).split(),
        "adjective": (
            "new national local public regional foreign joint economic early political military weak "
            "strategic annual fiscal rural formal costly lasting modest urgent partial unpopular "
            "independent temporary bilateral provincial contested ambitious fragile opaque overdue "
            "piecemeal unilateral protracted seasonal dormant clandestine punitive interim cosmetic"
        ).split(),
        "verb": (
            "approved rejected financed delayed reviewed supported opposed revised announced suspended "
            "expanded criticised monitored adopted abandoned negotiated published inherited defended "
            "restored postponed welcomed underestimated renewed circumvented ratified consolidated "
            "dismantled vetoed reinstated"
        ).split(),
        "adverb": (
            "quietly largely briefly openly formally gradually reluctantly twice again partly promptly "
            "unanimously belatedly provisionally"
        ).split(),
        "actor": phrases(
            "the ministry of finance, the central bank, the prime minister, the opposition, donors, the "
            "provincial council, trade unions, the governor, exporters, the supreme court, farmers, the "
            "army, international lenders, local mayors, the electoral commission, tribal leaders, auditors, "
            "the chamber of commerce, diplomats, shipping companies"
        ),
        "link": phrases(
            "At the same time, In practice, As a result, According to the same report, Two years later, "
            "Even so, By contrast, For this reason, In the view of most observers, Behind closed doors, On "
            "paper, In the long run"
        ),
    },
    sentences=(
        "{link}, {actor} {adverb} {verb} the {adjective} {noun} on {sector}.",
        "In {year}, {country} and {country} {verb} a {adjective} {noun} that covered {sector} and {sector}.",
        "{person} told the {noun} that {actor} had {adverb} {verb} the {term} {noun} in {place}.",
        "Between {year} and {year} the share of {sector} in the {adjective} {noun} rose from "
        "{share} to {share} per cent.",
        "The {noun} of {place} {verb} {sum} for {sector}, of which {actor} spent {share} per cent "
        "on the {term}.",
        "{actor} {verb} the {noun}; {actor} {adverb} {verb} it.",
        "On {date}, {body} {verb} the {noun} and asked {actor} to leave {sector} to {country}.",
        "{link}, the {adjective} {term} of {sector} depends less on {actor} than on the {noun} and "
        "the {term}.",
        "A survey of {count} households in {place} found that {share} per cent {verb} the "
        "{adjective} {noun}.",
        "{person}, who led {body} until {year}, {adverb} {verb} the {term} and the {noun}.",
        "The {term} {noun} matters for {country} because {actor} {verb} {sector} before the "
        "{adjective} {noun} was known.",
        "No {adjective} {noun} has been {verb} since {date}, although {actor} and {actor} {verb} the {term}.",
        "{link}, a {noun} worth {sum} was {verb} by {actor} in {country}, while {sector} in {place} was not.",
        "Whether {country} can afford a {adjective} {noun} on {sector} is a question that {body} "
        "{adverb} {verb}.",
        "The {term}, the {term} and the {adjective} {noun} were {verb} together, so that {actor} lost {sum}.",
        "Of {count} officials in {sector}, {count} had {verb} a {noun} by {year}, most of them in {place}.",
        "{country} {verb} its {noun} {adverb}.",
        "“We {verb} the {noun} too late,” {person} said of {sector} on {date}, “and {actor} {verb} "
        "the {term}.”",
        "Without a {adjective} {noun}, {sector} in {country} will cost {actor} some {sum} a year, "
        "or {share} per cent.",
        "Critics of {body} point to {place}, where the {noun} was {adverb} {verb} and the {term} "
        "never {verb}.",
    ),
    facts=(
        FactForm("{body} was founded in {place} on {date} by {person}.", "Who founded {body}?", "person"),
        FactForm(
            "In {year} {body} granted {sum} to the harbour of {place}.",
            "How much did {body} grant to the harbour of {place}?",
            "sum",
        ),
        FactForm(
            "The treaty of {place}, drafted by {person}, was signed on {date}.",
            "When was the treaty of {place} signed?",
            "date",
        ),
        FactForm(
            "{person} resigned as chair of {body} in {year}, after the strike of {place}.",
            "In which year did {person} resign as chair of {body}?",
            "year",
        ),
        FactForm(
            "The dam of {place} was designed by {person} and cost {sum}.",
            "Who designed the dam of {place}?",
            "person",
        ),
        FactForm(
            "The archive of {body} has been kept in {place} since {year}.",
            "Where is the archive of {body} kept?",
            "place",
        ),
    ),
    titles=(
        "The Future of {sector} in {country}",
        "{country} and {country}: a {adjective} {noun}",
        "After the {noun}: {sector} in {place}",
        "{sector}: lessons from {country}",
    ),
    headings=(
        "The {adjective} {noun}",
        "{sector} since {year}",
        "{country} and the {noun}",
        "What {actor} {verb}",
        "The {term} of {place}",
        "Options for {actor}",
        "The {noun} and its {noun}",
    ),
    bodies=(
        "the {} Commission",
        "the {} Institute",
        "the {} Foundation",
        "the {} Development Bank",
    ),
    given_names=(
        "Amal Selim Nadia Yusuf Clara Henrik Maria Tomas Leila Karim Ingrid Pavel Rosa Viktor Samira Daniel "
        "Hanan Omar Elena Farid"
    ).split(),
    months=("January February March April May June July August September October November December").split(),
    consonants="b d f g h k l m n p r s t v z sh".split(),
    vowels="a e i o".split(),
    parts=(
        ("inter trans pre post sub counter multi over under re semi proto neo infra supra pan").split(),
        (
            "harbour grain levy basin tenure credit quota canal parish ration border cargo freight ledger "
            "mandate orchard pasture pension quarry reserve revenue salt sector silo spindle stipend "
            "subsidy tariff tenant timber toll transit treaty tribute trust vessel village vineyard wage "
            "warrant water weir wharf wool yield zone"
        ).split(),
        " ism ist ing ed ment ship al able age ward wise hood less ary ation ure ette dom ity ate".split(" "),
    ),
    date="{day} {month} {year}",
    sum="{} million dinars",
)
