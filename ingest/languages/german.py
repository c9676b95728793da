"""German."""

from ingest.languages.language import Language, abbreviations, counted, snowball, words

GERMAN = Language(
    code="de",
    script="LATIN",
    stop_words=words("""
        der die das den dem des ein eine einen einem einer eines und oder aber wenn als dann dass ob nicht
        kein keine ist sind war waren sein gewesen wird werden wurde wurden hat haben hatte hatten kann
        können konnte muss müssen soll sollen darf dürfen ich du er sie es wir ihr man sich mich mir dich
        dir ihm ihn ihnen mein dein seine seinen seiner ihre ihren ihrer unser in im an am auf aus bei
        beim mit nach von vom vor zu zum zur für über unter durch gegen ohne um bis seit so auch nur noch
        schon sehr hier dort dieser diese dieses diesem diesen jener jene was wer wen wem wessen wann wo
        wohin woher warum wieso wie welche welcher welches welchen wieviel viel viele nenne erkläre
        beschreibe zeige bitte gibt
    """),
    stem=snowball("german"),
    abbreviations=abbreviations(
        titles="Hr Hrn Fr Dr Prof Dipl Ing Frl St Hl",
        words="""
            Jan Feb Mär Apr Jun Jul Aug Sept Okt Nov Dez Mo Di Mi Do Fr Sa So bzw ca vgl usw etc inkl evtl
            ggf sog bspw geb gest bzgl einschl entspr insb zzgl med jur phil max min Jh Str Abt Ges Verf
        """,
        beside_numbers="Abs Art Nr Nrn Bd Bde Abb Kap Tab Tel S Ziff Anm Aufl Jg Mio Mrd Std Min Sek",
        ordinals=True,
    ),
    numbers={
        **counted(
            "null ein|eins|eine zwei drei vier fünf sechs sieben acht neun zehn elf zwölf|dutzend "
            "dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn"
        ),
        **counted("zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig hundert", 20, 10),
        "tausend": 1000, "million": 10**6, "millionen": 10**6, "milliarde": 10**9, "milliarden": 10**9,
    },
    bounds=words("vor nach seit bis ab zwischen"),
    documents=words("""
        dokument dokumente dokumenten datei dateien bericht berichte quelle quellen unterlagen buch
    """),
    say=words("""
        sagt sagen steht spricht sprechen erwähnt erwähnen handelt handeln behandelt behandeln
    """),
    details={
        "creator": "autor autorin verfasser verfasst geschrieben schrieb",
        "sender": "absender absenderin geschickt schickte gesendet geschrieben schrieb verfasser",
        "recipient": "empfänger empfängerin adressat geschickt gesendet",
        "contributor": "mitwirkender mitgewirkt",
        "editor": "herausgeber herausgegeben",
        "translator": "übersetzer übersetzt",
        "publisher": "verlag verlegt veröffentlicht herausgegeben erschienen",
        "date": "wann datum jahr",
        "subject": "schlagwörter stichwörter thema",
        "description": "beschreibung zusammenfassung",
    },
)  # fmt: skip
