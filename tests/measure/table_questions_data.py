"""Tables of our own, and questions about their values and about what they do not hold."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asked:
    """A question; the value that answers it and a word of its row, None where the table has no answer."""

    question: str
    value: str | None = None
    row: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table under a title and a line of text; the first of its rows is the header."""

    title: str
    text: str
    rows: tuple[tuple[str, ...], ...]
    asked: tuple[Asked, ...]


def grid(title: str, text: str, table: str, asked: str) -> Grid:
    """A grid of lines: cells are parted by "|", a question from its value and its row by ">"."""
    rows = tuple(tuple(cell.strip() for cell in line.split("|")) for line in table.strip().splitlines())
    parts = (tuple(part.strip() for part in line.split(">")) for line in asked.strip().splitlines())
    return Grid(title, text, rows, tuple(Asked(*part) for part in parts))


TABLES = (
    grid(
        "Ferry fares 2023",
        "Fares are for one crossing and are paid on board.",
        """
Vehicle | Low season | High season | Length
Bicycle | EUR 3 | EUR 4 | any
Motorbike | EUR 12 | EUR 17 | any
Caravan | EUR 48 | EUR 66 | to 8 m
Lorry | EUR 90 | EUR 115 | to 12 m
""",
        """
What does a caravan cost in high season? > EUR 66 > Caravan
How much is the low season fare for a lorry? > EUR 90 > Lorry
What is the fare of a motorbike in the high season? > EUR 17 > Motorbike
How long may a lorry be? > to 12 m > Lorry
What does a tractor cost in high season?
What is the fare for a bus in low season?
""",
    ),
    grid(
        "Members of the harbour committee",
        "The committee meets every second Tuesday.",
        """
Name | Office | Term ends | E-mail
Ines Falk | Chair | 2026 | falk@harbour.example
Tomas Beran | Treasurer | 2025 | beran@harbour.example
Olga Rusu | Secretary | 2027 | rusu@harbour.example
Paul Yeo | Member | 2025 | yeo@harbour.example
""",
        """
When does the term of Olga Rusu end? > 2027 > Olga Rusu
Who is the treasurer of the committee? > Tomas Beran > Tomas Beran
What is the e-mail address of Paul Yeo? > yeo@harbour.example > Paul Yeo
Which office does Ines Falk hold? > Chair > Ines Falk
When does the term of Karl Brandt end?
What is the phone number of Olga Rusu?
""",
    ),
    grid(
        "Medicine doses for dogs",
        "Doses are given with food.",
        """
Medicine | Small dogs | Large dogs | Interval
Parazol | 5 mg | 15 mg | 12 hours
Veltrin | 20 mg | 60 mg | 24 hours
Oxibane | 2 mg | 7 mg | 8 hours
""",
        """
How much Veltrin is given to large dogs? > 60 mg > Veltrin
What is the dose of Parazol for small dogs? > 5 mg > Parazol
How often is Oxibane given? > 8 hours > Oxibane
What is the interval between doses of Veltrin? > 24 hours > Veltrin
How much Maltrexin is given to large dogs?
What is the price of Parazol?
""",
    ),
    grid(
        "Rainfall at the weather stations",
        "Rain is measured at seven in the morning.",
        """
Station | Altitude | 2020 | 2021 | 2022
Kestrel Ridge | 1,240 m | 812 | 790 | 655
Low Farm | 85 m | 540 | 601 | 498
Mill Pond | 132 m | 566 | 577 | 512
Saint Brin | 610 m | 701 | 688 | 623
""",
        """
How much rain fell at Mill Pond in 2021? > 577 > Mill Pond
What was the rainfall at Kestrel Ridge in 2022? > 655 > Kestrel Ridge
At what altitude is the station Saint Brin? > 610 m > Saint Brin
What was the rainfall at Low Farm in 2020? > 540 > Low Farm
How much rain fell at Harrow Hill in 2021?
What was the rainfall at Mill Pond in 2018?
""",
    ),
    grid(
        "Chairs in stock",
        "Whoever takes a chair from the store signs for it.",
        """
Model | Material | Price | Stock | Delivery
Ansa | oak | 129.00 | 14 | 3 days
Brio | steel | 89.50 | 0 | 6 weeks
Cora | beech | 149.00 | 5 | 3 days
Dune | plastic | 39.90 | 210 | next day
""",
        """
What is the price of the chair Cora? > 149.00 > Cora
What is the Brio made of? > steel > Brio
How many Dune chairs are in stock? > 210 > Dune
How long does delivery of the Brio take? > 6 weeks > Brio
What is the price of the chair Elmo?
What is the weight of the chair Ansa?
""",
    ),
    grid(
        "Opening hours of the pools",
        "The pools close when there is a thunderstorm.",
        """
Pool | Weekdays | Saturday | Sunday
North Bath | 6:30-21:00 | 8:00-19:00 | 8:00-17:00
Lido | 9:00-20:00 | 9:00-20:00 | closed
Spring Hall | 7:00-22:00 | 10:00-18:00 | 10:00-16:00
""",
        """
When is Spring Hall open on Saturday? > 10:00-18:00 > Spring Hall
When is the Lido open on Sunday? > closed > Lido
What are the weekday hours of North Bath? > 6:30-21:00 > North Bath
When is the North Bath open on Sunday? > 8:00-17:00 > North Bath
When is the Castle Bath open on Sunday?
How much does a ticket for Spring Hall cost?
""",
    ),
    grid(
        "Exports by product",
        "Values are in millions of dollars.",
        """
Product | 2019 | 2020 | 2021
Dates | 41 | 39 | 52
Cement | 130 | 88 | 97
Fertiliser | 310 | 295 | 402
Textiles | 75 | 61 | 70
Total | 556 | 483 | 621
""",
        """
What were the exports of fertiliser in 2020? > 295 > Fertiliser
How much cement was exported in 2021? > 97 > Cement
What were total exports in 2019? > 556 > Total
What was the value of dates exported in 2021? > 52 > Dates
What were the exports of steel in 2020?
What were the exports of cement in 2015?
""",
    ),
    grid(
        "Train times",
        "Trains run daily except on public holidays.",
        """
Destination | First train | Last train | Platform
Oldbury | 05:10 | 23:20 | 2
Vane Castle | 06:05 | 22:45 | 4
Port Ellis | 05:40 | 00:15 | 1
""",
        """
When does the last train to Port Ellis leave? > 00:15 > Port Ellis
From which platform do trains to Vane Castle leave? > 4 > Vane Castle
When does the first train to Oldbury leave? > 05:10 > Oldbury
What time is the last train to Vane Castle? > 22:45 > Vane Castle
When does the last train to Bridgemont leave?
How much is a ticket to Oldbury?
""",
    ),
    grid(
        "Staff by department",
        "Figures are as of the end of the year.",
        """
Department | Head | Women | Men | Budget
Archives | R. Lindt | 12 | 9 | $410,000
Conservation | M. Okoye | 7 | 3 | $385,000
Education | S. Prado | 15 | 6 | $290,000
Security | J. Kovac | 4 | 22 | $505,000
""",
        """
Who heads the Conservation department? > M. Okoye > Conservation
How many women work in Education? > 15 > Education
What is the budget of the Archives? > $410,000 > Archives
How many men work in security? > 22 > Security
What is the budget of the Catering department?
How many women work in the legal department?
""",
    ),
    grid(
        "Apple varieties",
        "All trees of the orchard are grafted.",
        """
Variety | Harvest | Keeps until | Taste
Amber Queen | late August | October | sweet
Frost Pippin | October | April | sharp
Great Russet | mid September | February | nutty
""",
        """
When is the Frost Pippin harvested? > October > Frost Pippin
How long does the Great Russet keep? > February > Great Russet
What does the Amber Queen taste like? > sweet > Amber Queen
What is the taste of the Great Russet? > nutty > Great Russet
When is the Red Bishop harvested?
Who bred the Frost Pippin?
""",
    ),
    grid(
        "Courses in spring",
        "Courses with fewer than five participants are cancelled.",
        """
Course | Teacher | Day | Room | Fee
Watercolours | Lena Holm | Monday | A3 | EUR 80
Bookbinding | Ivo Marek | Thursday | B1 | EUR 120
Drawing | Lena Holm | Friday | A3 | EUR 75
Photography | Sun Li | Wednesday | C2 | EUR 140
""",
        """
Who teaches bookbinding? > Ivo Marek > Bookbinding
On which day is the photography course? > Wednesday > Photography
What is the fee for the drawing course? > EUR 75 > Drawing
In which room is watercolours taught? > A3 > Watercolours
Who teaches pottery?
What is the fee for the sculpture course?
""",
    ),
    grid(
        "Bridges of the district",
        "Bridges are inspected every three years.",
        """
Bridge | Built | Length | Load limit | River
Abbot's Bridge | 1782 | 64 m | 12 t | Arve
Iron Bridge | 1881 | 118 m | 20 t | Tamar
New Bridge | 1997 | 203 m | 44 t | Arve
""",
        """
When was the Iron Bridge built? > 1881 > Iron Bridge
How long is New Bridge? > 203 m > New Bridge
What is the load limit of Abbot's Bridge? > 12 t > Abbot's Bridge
Which river does the Iron Bridge cross? > Tamar > Iron Bridge
When was the Canal Bridge built?
Who designed the Iron Bridge?
""",
    ),
    grid(
        "أسعار الفنادق",
        "الأسعار لليلة واحدة مع الإفطار.",
        """
الفندق | غرفة مفردة | غرفة مزدوجة | المدينة
النخيل | 45 ديناراً | 70 ديناراً | البصرة
الفرات | 60 ديناراً | 95 ديناراً | بغداد
الواحة | 38 ديناراً | 55 ديناراً | كربلاء
""",
        """
كم سعر الغرفة المزدوجة في فندق الفرات؟ > 95 ديناراً > الفرات
ما سعر الغرفة المفردة في فندق الواحة؟ > 38 ديناراً > الواحة
في أي مدينة يقع فندق النخيل؟ > البصرة > النخيل
كم سعر الغرفة المفردة في فندق النخيل؟ > 45 ديناراً > النخيل
كم سعر الغرفة المزدوجة في فندق الزهور؟
""",
    ),
    grid(
        "موظفو البلدية",
        "تُستقبل الطلبات في أيام الدوام الرسمي.",
        """
الاسم | الوظيفة | الطابق | الهاتف
سلمى حداد | محاسبة | 2 | 4410
يوسف نجار | مهندس | 3 | 4477
هدى كنعان | مديرة | 1 | 4402
""",
        """
ما رقم هاتف يوسف نجار؟ > 4477 > يوسف نجار
ما وظيفة سلمى حداد؟ > محاسبة > سلمى حداد
في أي طابق تعمل هدى كنعان؟ > 1 > هدى كنعان
ما رقم هاتف سلمى حداد؟ > 4410 > سلمى حداد
ما رقم هاتف كمال درويش؟
""",
    ),
)
