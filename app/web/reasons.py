"""Why something was not read, shown or answered, in the page's language: it is said and kept in English."""

import re

from app.web.words import Words


def reason_in(words: Words, reason: str) -> str:
    """The reason of the ledger or of an error.

    What is not known in this language stays as it is; within a phrase it keeps a direction of its own.
    """
    known = _KNOWN.get(words.code)
    if known is None:
        return reason
    for expression, phrase in known.items():
        if found := re.fullmatch(expression, reason):
            return phrase.format(*(f"\u2068{reason_in(words, part)}\u2069" for part in found.groups()))
    return reason


# By an expression for the whole of a reason; what its groups hold is again such a reason, or stays English.
_ARABIC = {
    r"no text layer": "بلا طبقة نصية",
    r"no text": "بلا نص",
    r"no text; (.+)": "بلا نص؛ {0}",
    r"no text on the slide": "لا نص في الشريحة",
    r"no text but a running head or page number": "لا نص سوى ترويسة الصفحة أو رقمها",
    r"chart not read": "لم يُقرأ المخطط البياني",
    r"empty": "فارغ",
    r"looks binary, not text": "يبدو بيانات ثنائية لا نصًا",
    r"changed while it was being read": "تغيّر أثناء قراءته",
    r"permission denied": "لا إذن بقراءته",
    r"locked with a password: give it with (--password)": "مقفل بكلمة مرور: تُعطى بالخيار {0}",
    r"locked: the password given does not open it": "مقفل: كلمة المرور المعطاة لا تفتحه",
    r"locked with a password": "مقفل بكلمة مرور",
    r"locked by its seller \(DRM\)": "مقفل من بائعه (DRM)",
    r"too large when unpacked": "أكبر مما يُقرأ بعد فك ضغطه",
    r"too large: (\d+) MB, limit (\d+) MB.*": "أكبر مما يُقرأ: {0} م.ب، والحد {1} م.ب",
    r"too large: what it holds takes more than (\d+) MB.*": "أكبر مما يُقرأ: يشغل محتواه أكثر من {0} م.ب",
    r"takes longer than (\d+) s to read.*": "تستغرق قراءته أكثر من {0} ثانية",
    r"takes more than (\d+) MB of memory to read.*": "تحتاج قراءته إلى أكثر من {0} م.ب من الذاكرة",
    r"unsupported: (.+)": "نوع لا يُقرأ: {0}",
    r"spreadsheet": "جدول بيانات",
    r"image": "صورة",
    r"sound": "تسجيل صوتي",
    r"video": "فيديو",
    r"video or image": "فيديو أو صورة",
    r"program": "برنامج",
    r"database": "قاعدة بيانات",
    r"data or source text, not a document": "بيانات أو شيفرة، لا مستند",
    r"compressed file, unpack it first": "ملف مضغوط، فُك ضغطه أولًا",
    r"zip archive, unpack it first": "أرشيف ZIP، فُك ضغطه أولًا",
    r"(.+), save it as (.+)": "{0}، احفظه بصيغة {1}",
    r"old Word format": "صيغة Word قديمة",
    r"old PowerPoint format": "صيغة PowerPoint قديمة",
    r"old Office format": "صيغة Office قديمة",
    r"OpenDocument format": "صيغة OpenDocument",
    r"Outlook message": "رسالة Outlook",
    r"web archive \(MHTML\)": "أرشيف صفحة (MHTML)",
    r"text": "نص",
    r"damaged(?: PDF)?: (.+)": "تالف: {0}",
    r"damaged page: (.+)": "صفحة تالفة: {0}",
    r"damaged or too large PDF: (.+)": "تالف أو أكبر مما يُقرأ: {0}",
    r"damaged or too large page: (.+)": "صفحة تالفة أو أكبر مما يُقرأ: {0}",
    r"nested too deeply": "تداخل أعمق مما يُقرأ",
    r"it has no pages": "لا صفحات فيه",
    r"its XML is broken \((.+)\)": "بنية XML فيه مكسورة ({0})",
    r"not built as (?:its|the) format asks \((.+)\)": "بنيته غير ما تقتضيه صيغته ({0})",
    r"the book names no package file": "لا يذكر الكتاب ملف محتوياته",
    r"the file is cut off or is not a whole zip container": "الملف مبتور أو ليس حاوية ZIP كاملة",
    r"reading it ended the process that read it \(status (.+)\)": "توقفت عملية قراءته (الحالة {0})",
    r"cannot be read: (.+)": "تتعذر قراءته: {0}",
    r"(.+) is missing from the book": "{0} ناقص من الكتاب",
    r"(\d+) (?:bytes?|characters?) (?:is|are) not valid (\S+), first at byte (\d+)": (
        "رموز غير صالحة في ترميز {1}: عددها {0}، وأولها عند البايت {2}"
    ),
    r"some Arabic words are stored backwards": "بعض الكلمات العربية مخزّن معكوسًا",
    r"Arabic words and numbers may be in the wrong order": "قد لا يكون ترتيب الكلمات العربية والأرقام صحيحًا",
    r"Arabic letters joined in print \(lam-alef\) are stored in the wrong order: words may be misspelt": (
        "حروف «لا» المتصلة مخزّنة بترتيب خاطئ: قد تختل بعض الكلمات"
    ),
    r"brackets amid Arabic may be turned the wrong way": "قد تكون الأقواس وسط العربية معكوسة",
    r"expected a question, found no word in it: ask in a few words": "لا كلمة في السؤال: اسأل ببضع كلمات",
    r"expected a question of at most (\d+) characters, found (\d+): shorten it": (
        "السؤال أطول مما يُقبل، وهو {1} حرفًا والحد {0}: اختصره"
    ),
    r"expected a question without control characters, found (.+): remove it": "في السؤال رمز تحكم {0}: احذفه",
    r"the document is no longer here": "لم يعد المستند هنا",
    r"the document has been read anew since: ask again": "قُرئ المستند من جديد بعد ذلك: أعد السؤال",
    r"its file has changed since it was read": "تغيّر ملفه بعد قراءته",
    r"its file is gone": "لم يعد ملفه موجودًا",
    r"the page takes longer than (\d+) s to draw": "يستغرق رسم الصفحة أكثر من {0} ثانية",
    r"the page cannot be drawn": "يتعذر رسم الصفحة",
    r"a link that leads nowhere": "رابط لا يؤدي إلى شيء",
    r"a link that leads (?:back )?to itself": "رابط يعود إلى نفسه",
    r"a link that leads outside the folder": "رابط يؤدي إلى خارج المجلد",
    r"a link to a folder, not followed": "رابط إلى مجلد لم يُتَّبع",
    r"a (?:device|named pipe|socket), not a file": "ليس ملفًا عاديًا",
}
_KNOWN = {"ar": _ARABIC}
