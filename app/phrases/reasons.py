"""Why something was not read, shown or answered, in the page's language: it is said and kept in English."""

import re

from app.phrases.words import Words


def reason_in(words: Words, reason: str) -> str:
    """The reason of the ledger or of an error.

    What is not known in this language stays as it is; within a phrase it keeps a direction of its own.
    """
    for expression, phrase in _KNOWN.get(words.code, {}).items():
        if found := re.fullmatch(expression, reason):
            parts = found.groupdict()
            if "reason" in parts:
                parts["reason"] = reason_in(words, parts["reason"])
            return phrase.format(**{name: f"\u2068{part}\u2069" for name, part in parts.items()})
    return reason


# By an expression for the whole of a reason; its groups are what stays, but for `reason`, which is said too.
_ARABIC = {
    r"no text layer": "بلا طبقة نصية",
    r"(?:no text|holds no text)": "بلا نص",
    r"no text; (?P<reason>.+)": "بلا نص؛ {reason}",
    r"no text on the slide": "لا نص في الشريحة",
    r"no text but a running head or page number": "لا نص سوى ترويسة الصفحة أو رقمها",
    r"chart not read": "لم يُقرأ المخطط البياني",
    r"empty": "فارغ",
    r"looks binary, not text": "يبدو بيانات ثنائية لا نصًا",
    r"changed while it was being read": "تغيّر أثناء قراءته",
    r"permission denied": "لا إذن بقراءته",
    r"locked with a password: give it with (?P<option>--password)": "مقفل بكلمة مرور: تُعطى بالخيار {option}",
    r"locked: the password given does not open it": "مقفل: كلمة المرور المعطاة لا تفتحه",
    r"locked with a password": "مقفل بكلمة مرور",
    r"locked by its seller \(DRM\)": "مقفل من بائعه (DRM)",
    r"too large when unpacked": "أكبر مما يُقرأ بعد فك ضغطه",
    r"too large: (?P<n>\d+) MB, limit (?P<limit>\d+) MB \((?P<setting>\w+)\)": (
        "أكبر مما يُقرأ: {n} ميغابايت، والحد {limit} (الإعداد {setting})"
    ),
    r"too large: what it holds takes more than (?P<limit>\d+) MB \((?P<setting>\w+)\)": (
        "أكبر مما يُقرأ: حد محتواه بالميغابايت {limit} (الإعداد {setting})"
    ),
    r"takes longer than (?P<limit>\d+) s to read \((?P<setting>\w+)\)": (
        "تجاوزت قراءته حدها بالثواني {limit} (الإعداد {setting})"
    ),
    r"takes more than (?P<limit>\d+) MB of memory to read \((?P<setting>\w+)\)": (
        "تجاوزت قراءته حد الذاكرة بالميغابايت {limit} (الإعداد {setting})"
    ),
    r"unsupported: (?P<reason>.+)": "نوع لا يُقرأ: {reason}",
    r"spreadsheet": "جدول بيانات",
    r"image": "صورة",
    r"sound": "تسجيل صوتي",
    r"video": "فيديو",
    r"video or image": "فيديو أو صورة",
    r"program": "برنامج",
    r"database": "قاعدة بيانات",
    r"data or source text, not a document": "بيانات أو شيفرة، لا مستند",
    r"compressed file, unpack it first": "ملف مضغوط، فُكّ ضغطه أولًا",
    r"zip archive, unpack it first": "أرشيف ZIP، فُكّ ضغطه أولًا",
    r"Outlook message, save it as text": "رسالة Outlook، احفظها نصًا",
    r"OpenDocument format, save it as (?P<one>\S+), (?P<two>\S+) or (?P<three>\S+)": (
        "صيغة OpenDocument، احفظ الملف بصيغة {one} أو {two} أو {three}"
    ),
    r"(?P<reason>.+), save it as (?P<format>\.\w+)": "{reason}، احفظ الملف بصيغة {format}",
    r"old (?P<name>Word|PowerPoint|Office) format": "صيغة {name} قديمة",
    r"web archive \(MHTML\)": "أرشيف صفحة (MHTML)",
    r"damaged(?: PDF)?: (?P<reason>.+)": "تالف: {reason}",
    r"damaged page: (?P<reason>.+)": "صفحة تالفة: {reason}",
    r"damaged or too large PDF: (?P<reason>.+)": "تالف أو أكبر مما يُقرأ: {reason}",
    r"damaged or too large page: (?P<reason>.+)": "صفحة تالفة أو أكبر مما يُقرأ: {reason}",
    r"nested too deeply": "تداخل أعمق مما يُقرأ",
    r"it has no pages": "لا صفحات فيه",
    r"its XML is broken \((?P<detail>.+)\)": "بنية XML فيه مكسورة ({detail})",
    r"not built as (?:its|the) format asks \((?P<detail>.+)\)": "بنيته غير ما تقتضيه صيغته ({detail})",
    r"the book names no package file": "لا يذكر الكتاب ملف محتوياته",
    r"the file is cut off or is not a whole zip container": "الملف مبتور أو ليس حاوية ZIP كاملة",
    r"reading it ended the process that read it \(status (?P<status>.+)\)": (
        "توقفت العملية التي كانت تقرؤه (الحالة {status})"
    ),
    r"cannot be read: (?P<detail>.+)": "تتعذر قراءته: {detail}",
    r"(?P<name>.+) is missing from the book": "مفقود من الكتاب: {name}",
    r"(?P<name>\S+\.x?html?): (?P<reason>.+)": "في {name}: {reason}",
    r"(?P<n>\d+) bytes? (?:is|are) not valid (?P<encoding>\S+), first at byte (?P<first>\d+)": (
        "عدد البايتات غير الصالحة في ترميز {encoding}: {n}، أولها عند البايت {first}"
    ),
    r"(?P<n>\d+) characters? (?:is|are) not valid (?P<encoding>\S+), first at byte (?P<first>\d+)": (
        "عدد الحروف غير الصالحة في ترميز {encoding}: {n}، أولها عند البايت {first}"
    ),
    r"some Arabic words are stored backwards": "بعض الكلمات العربية مخزّن معكوسًا",
    r"Arabic words and numbers may be in the wrong order": "قد لا يكون ترتيب الكلمات العربية والأرقام صحيحًا",
    r"Arabic letters joined in print \(lam-alef\) are stored in the wrong order: words may be misspelt": (
        "حروف «لا» المتصلة مخزّنة بترتيب خاطئ: قد تختل بعض الكلمات"
    ),
    r"brackets amid Arabic may be turned the wrong way": "قد تكون الأقواس وسط العربية معكوسة",
    r"expected a question, found no word in it: ask in a few words": "لا كلمة في السؤال: اسأل ببضع كلمات",
    r"expected a question of at most (?P<limit>\d+) characters, found (?P<n>\d+): shorten it": (
        "السؤال أطول مما يُقبل: عدد حروفه {n} والحد {limit}، فاختصره"
    ),
    r"expected a question without control characters, found (?P<code>.+): remove it": (
        "في السؤال رمز تحكم {code}: احذفه"
    ),
    r"the document is no longer here": "لم يعد المستند هنا",
    r"the document has been read anew since: ask again": "قُرئ المستند من جديد بعد ذلك: أعد السؤال",
    r"its file has changed since it was read": "تغيّر ملفه بعد قراءته",
    r"its file is gone": "لم يعد ملفه موجودًا",
    r"the file cannot be opened": "يتعذر فتح الملف",
    r"page (?P<n>\d+) cannot be opened": "يتعذر فتح الصفحة {n}",
    r"the page takes longer than (?P<limit>\d+) s to draw": "تجاوز رسم الصفحة حده بالثواني {limit}",
    r"the page cannot be drawn": "يتعذر رسم الصفحة",
    r"a link that leads nowhere": "رابط لا يؤدي إلى شيء",
    r"a link that leads (?:back )?to itself": "رابط يعود إلى نفسه",
    r"a link that leads outside the folder": "رابط يؤدي إلى خارج المجلد",
    r"a link to a folder, not followed": "رابط إلى مجلد لم يُتَّبع",
    r"a (?:device|named pipe|socket), not a file": "ليس ملفًا عاديًا",
}
_KNOWN = {"ar": _ARABIC}
