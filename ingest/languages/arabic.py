"""Arabic: one spelling, a light stem, and the letter trigrams that outlast both."""

import re

from ingest.languages.language import FollowUps, Language, Requests, abbreviations, counted, words

_MARKS = re.compile(r"[\u0610-\u061A\u0640\u064B-\u065F\u0670\u06D6-\u06ED\u200C]")
_FORMS = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ؤ": "و", "ئ": "ي"}
    | {chr(start + digit): str(digit) for start in (0x0660, 0x06F0) for digit in range(10)}
)
_ARTICLE = re.compile(r"^[وف]?(?:ال|بال|كال|لل)(?=...)")
_UNDONE_ARTICLE = re.compile(r"^([وفبك]?)اال")
_PRONOUNS = ("هما", "ها", "هم", "هن", "نا", "كم")
# Longest first: pronouns behind a feminine ending or not, then number and gender, then belonging and
# the indefinite accusative, in which what is counted stands: "كم باباً".
_ENDINGS = (
    *(feminine + pronoun for feminine in ("ات", "ت") for pronoun in (*_PRONOUNS, "ه")),
    *_PRONOUNS,
    *("تين", "تان", "وا", "ات", "ون", "ين", "ان", "يه", "تي", "ه", "ي", "ا"),
)
_LEFT = 3  # letters that stemming leaves at least
_MOST_ENDINGS = 2  # that one word bears: Iraqi-s, authorities-his

# What a request begins with: "من فضلك أعطني", "ما أهم".
_PLEASE = (
    r"(?:(?:من فضلك|لو سمحت|رجاء|ارجو|هل|يمكنك|يمكن|تستطيع|ان|اريد|نريد|اعطني|اعطنا|اعطيني|هات|قدم|قدمي|اكتب"
    r"|اكتبي|اعد|اعمل|قم|قومي|لي|لنا|منك|ما|هو|هي|ماهي|ماهو|اهم|ابرز)،? )*"
)
_BRIEFLY = (
    r"(?: (?:في|ب)\s?(?:\S+ ){0,2}(?:جمل|جمله|جملتين|كلمه|كلمات|نقاط|فقره|فقرات|اسطر|سطور)(?: \S+){0,3})?"
    r"(?: (?:من فضلك|لو سمحت|رجاء|باختصار|بايجاز))?"
)


def fold(text: str) -> str:
    """The text without vowel marks and tatweel, in one form of each letter and of each digit."""
    return _MARKS.sub("", text).translate(_FORMS)


def stem(word: str) -> str:
    """A folded word without article, joined "and" and common endings; three letters stay at least.

    A light stemmer after Larkey, Ballesteros and Connell (2002), "Improving stemming for Arabic
    information retrieval". A particle alone is cut only before the article, but for "and": in most
    words its letter is the word's own. Lam and alef come out in one order, see `_bare`.
    """
    bare = _bare(word)
    if bare == word and word.startswith("و") and len(word) > _LEFT + 1:
        bare = word[1:]
    for _ in range(_MOST_ENDINGS):
        ending = next((one for one in _ENDINGS if bare.endswith(one) and len(bare) - len(one) >= _LEFT), "")
        bare = bare.removesuffix(ending)
    return bare.replace("لا", "ال")


def _bare(word: str) -> str:
    """The word without its article, also where a PDF has stored lam-alef, one glyph, as alef-lam.

    Inside a word nothing tells the one from the other, so that terms are made to have one order.
    """
    return _ARTICLE.sub("", _UNDONE_ARTICLE.sub(r"\1الا", word))


def trigrams(word: str) -> list[str]:
    """Each three neighbouring letters of a folded word without its article, its ends marked.

    No trigram equals a word or a stem. Words with other particles or pronouns, or with a
    slip of the pen, still share most of them. After Darwish and Oard (2002), "Term selection for
    searching printed Arabic".
    """
    ends = f"_{_bare(word).replace('لا', 'ال')}_"
    return [f"_{ends[start : start + 3]}" for start in range(len(ends) - 2)]


ARABIC = Language(
    code="ar",
    script="ARABIC",
    stop_words=words("""
    ما ماذا من متي اين كيف لماذا لم هل كم اي ايه هو هي هم هن هذا هذه ذلك تلك التي الذي الذين هولاء
    في علي الي عن مع بين بعد قبل عند حتي منذ خلال او ام ثم بل لكن لا لن ليس ان انه انها كان كانت يكون تكون
    قد و كل بعض غير اخبرني اذكر اشرح عرف وضح حدثني يتم تم وما ومن وهل وكيف ولماذا وفي وعلي والتي والذي
    ومتي واين وكم وماذا وبماذا واي وباي ولمن مما بما فيما لما عما ماهي ماهو ماهم مين باي لاي بماذا لمن ممن وهو
    وهي هناك ايضا له لها به بها فيه فيها منه منها عليه عليها عنه عنها قارن قارني
    """),
    stem=stem,
    parts=trigrams,
    abbreviations=abbreviations(words="هـ الخ إلخ", beside_numbers="كغ كجم كم سم مم ملم ملغ"),
    numbers={
        **counted(
            "صفر واحد|واحده اثنان|اثنين|اثنتان|اثنتين ثلاث|ثلاثه اربع|اربعه خمس|خمسه ست|سته سبع|سبعه "
            "ثماني|ثمانيه تسع|تسعه عشر|عشره"
        ),
        **counted(
            "عشرون|عشرين ثلاثون|ثلاثين اربعون|اربعين خمسون|خمسين ستون|ستين سبعون|سبعين ثمانون|ثمانين "
            "تسعون|تسعين ميه|مايه", 20, 10
        ),
        "الف": 1000, "الاف": 1000, "مليون": 10**6, "ملايين": 10**6, "مليار": 10**9, "مليارات": 10**9,
    },
    follow_ups=FollowUps(
        openings=("وماذا عن", "ماذا عن"),
        joined="و",
        choices=("من هذه", "من تلك", "منها", "ايها", "وايها", "ايهم", "وايهم"),
        pronouns=words("عنه فيه منه له به"),
        definitions=("ما هو", "ما هي", "ماهو", "ماهي", "من هو", "من هي", "عرف", "اشرح"),
        vague=words("ماهو ماهي"),
    ),
    bounds=words("قبل بعد منذ حتي بين من الي"),
    documents=words("""
        وثيقه الوثيقه وثايق الوثايق مستند مستندات ملف ملفات تقرير تقارير مصدر مصادر كتاب الكتاب
    """),
    say=words("""
        تقول تقوله يقول يقوله ورد وردت جاء جاءت تذكر يذكر تتحدث يتحدث تتناول يتناول تتكلم تناقش حول بشان
    """),
    requests=Requests(
        help=(
            r"مساعده|ساعدني|مرحبا(?: بك)?|اهلا(?: وسهلا)?|السلام عليكم(?: ورحمه الله(?: وبركاته)?)?",
            r"صباح الخير|مساء الخير|من انت|ما انت|ما هذا|كيف ابدا",
            r"(?:ما|ماهي|ما هي) (?:قدراتك|امكاناتك|امكانياتك)",
            r"شكرا(?: جزيلا)?(?: لكم?)?|(?:هل )?(?:يمكنك|تستطيع|بامكانك)(?: ان)? (?:مساعدتي|تساعدني)",
            r"(?:ماذا|ما الذي|ما|بماذا|بم) (?:يمكنك|تستطيع|بامكانك|يمكن)(?: ان)? "
            r"(?:تفعل|تفعله|تعمل|فعله|عمله|تقدم|تقدمه|مساعدتي|تساعدني)(?: به| فيه)?",
            r"كيف (?:(?:يمكنك|تستطيع|يمكن)(?: ان)? )?(?:مساعدتي|تساعدني|تعمل|استخدمك?|اسالك)(?: هذا)?",
            r"(?:ماذا|عم|عما|عماذا|بماذا) (?:يمكنني |استطيع |يمكن )?(?:ان )?اسالك?",
            r"(?:ما )?(?:هي )?(?:الاسئله|الاسيله) التي (?:يمكنني|استطيع|يمكن)(?: ان)? "
            r"(?:طرحها|اطرحها)(?: عليك)?",
        ),
        summary=(
            rf"{_PLEASE}(?:ب?تلخيص|لخص|لخصي|اختصر|اختصري|اوجز)(?: (?:لي|لنا))?(?: (?P<of>.+?))?{_BRIEFLY}",
            rf"{_PLEASE}(?:ال)?(?:ملخصا?|خلاصه|نبذه|موجزا?|لمحه)"
            rf"(?: (?:مختصره?|مختصرا|قصيره?|قصيرا|سريعه|موجزه|عن|حول|من))*(?: (?P<of>.+?))?{_BRIEFLY}",
        ),
        contents=(
            rf"{_PLEASE}(?:موضوع|مضمون|محتوي|محتويات|فحوي) (?P<of>.+)",
            rf"{_PLEASE}(?:ال)?(?:نقاط|افكار|محاور)(?: (?:ال)?(?:رييسيه|اساسيه|مهمه))?"
            r"(?: (?:المذكوره|الوارده|المناقشه|المطروحه))?(?: (?:في|من))?"
            rf"(?: (?P<of>.+?))?{_BRIEFLY}",
            r"(?:عم|عما|عماذا|عن ماذا|عن اي شيء|ماذا|بماذا) "
            r"(?:يتحدث|تتحدث|يتكلم|يقول|تقول|ورد في|جاء في|يتناول|تتناول) (?P<of>.+)",
            rf"{_PLEASE}(?:حدثني|اخبرني|حدثيني) عن (?P<of>.+)",
            rf"{_PLEASE}(?:اشرح|اشرحي|صف|صفي)(?: (?:لي|لنا))? (?P<of>.+)",
        ),
        comparison=(
            rf"{_PLEASE}(?:قارن|قارني|قارنوا|ب?المقارنه|مقارنه)(?: بين)? (?P<of>.+)",
            rf"{_PLEASE}(?:اوجه )?(?:(?:ال)?(?:فرق|فروق|فروقات|اختلاف|اختلافات|شبه|تشابه)(?: و)?)+ "
            r"بين (?P<of>.+)",
            r"(?:كيف|بم|بماذا|فيم) (?:ي|ت)ختلف (?P<of>.+ عن .+)",
        ),
        joints=(r" (?:مع|مقابل|عن|ب) | ب(?=ال)", r" و(?=ال)| و(?: ?بين )?"),
        within=words("في من علي الي لدي عند خلال حول بشان"),
        others=words("اخري الاخري الاخرون الاخرين غيره غيرها سواه سواها"),
        whole=words("""
            هذا هذه كامل كامله كل جميع المرفق المرفقه ورقه بحث دراسه مقال مقاله نص النص فصل رساله نقاط افكار
            مفاهيم محتوي رييسيه اساسيه اهم
        """),
        this=words("هذا هذه"),
    ),
    details={
        "creator": "المؤلف كتب الكاتب كاتبه كتبه كتبها الفه",
        "sender": "المرسل ارسل ارسله ارسلت كتب كتبه الكاتب",
        "recipient": "المستلم المرسل اليه المستلمون",
        "contributor": "المساهم ساهم",
        "editor": "المحرر حرر حرره",
        "translator": "المترجم ترجم ترجمه",
        "publisher": "الناشر نشر نشره نشرت اصدر صدر",
        "date": "متي تاريخ سنه عام",
        "subject": "الكلمات المفتاحيه الموضوع",
        "description": "الوصف الملخص",
    },
)  # fmt: skip
