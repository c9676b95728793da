"""French."""

from ingest.languages.language import Language, abbreviations, counted, snowball, words

FRENCH = Language(
    code="fr",
    script="LATIN",
    stop_words=words("""
        le la les l un une des de du d au aux et ou mais si que qui quoi dont où ce cet cette ces c ne pas
        n plus non est sont était étaient être été a ont avait avaient avoir eu sera seront fut furent
        peut peuvent doit doivent je tu il elle nous vous ils elles on se s me m te t lui leur leurs mon
        ma mes ton ta tes son sa ses notre nos votre vos en y dans sur sous par pour avec sans entre vers
        chez depuis pendant avant après contre comme aussi très bien quel quelle quels quelles quand
        comment pourquoi combien qu est-ce lequel laquelle lesquels donnez expliquez décrivez citez
        montrez
    """),
    stem=snowball("french"),
    abbreviations=abbreviations(
        titles="M MM Mme Mmes Mlle Mlles Me Mgr Dr Pr Prof St Ste",
        words="janv févr avr juil sept oct nov déc av bd env etc cf ex cie sté dép min max incl",
        beside_numbers="art no nos vol fig p pp chap tél tab réf al éd éds",
    ),
    numbers={
        **counted(
            "zéro un|une deux trois quatre cinq six sept huit neuf dix onze douze|douzaine treize "
            "quatorze quinze seize"
        ),
        **counted("vingt trente quarante cinquante soixante", 20, 10),
        "cent": 100, "cents": 100, "mille": 1000, "million": 10**6, "millions": 10**6, "milliard": 10**9,
        "milliards": 10**9,
    },
    bounds=words("avant après depuis jusqu entre"),
    documents=words("document fichier rapport source texte article livre"),
    say=words("dit disent parle parlent mentionne mentionnent traite traitent évoque évoquent"),
    details={
        "creator": "auteur l'auteur autrice l'autrice écrit écrivain rédigé rédacteur",
        "sender": "expéditeur l'expéditeur expéditrice envoyé envoya écrit rédigé auteur",
        "recipient": "destinataire destinataires envoyé adressé",
        "contributor": "contributeur contribué",
        "editor": "éditeur édité",
        "translator": "traducteur traduit",
        "publisher": "éditeur l'éditeur publié publication paru",
        "date": "quand date année l'année",
        "subject": "mots-clés sujet",
        "description": "description résumé",
    },
)  # fmt: skip
