"""English."""

from ingest.languages.language import FollowUps, Language, Requests, abbreviations, counted, snowball, words

_PORTER = snowball("english")
# What a request begins with: "Could you please give me a short", "What are the main".
_PLEASE = (
    r"(?:(?:hi|hello|please|kindly|just|can|could|would|will|you|i|we|want|need|would like|to|give|provide"
    r"|show|tell|extract|list|write|make|draw up|prepare|draft|do|me|us|what|is|are|was|were|whats|what['’]s"
    r"|the|a|an|some|very|quick|short|brief|concise|detailed|one[- ]page|executive|general|main|key|most"
    r"|important|major),? )*"
)
_AND_TELL = r"(?: and (?:list|highlight|identify|show|tell|find|explain|point out|say) .+)?"
_NOUNS = r"summary|summaries|overview|outline|synopsis|gist|recap|digest|table of contents"
_POINTS = r"points?|ideas?|takeaways?|messages?|themes?|topics?|arguments?|contents?"
_BRIEFLY = (
    r"(?: (?:in|within) (?:\S+ ){0,3}(?:sentences?|words|bullets?|points|paragraphs?|lines|pages?))?"
    r"(?: (?:briefly|shortly|clearly|simply|concisely)(?: and \w+ly)?)?(?: for me)?,?(?: please)?"
)

ENGLISH = Language(
    code="en",
    script="LATIN",
    stop_words=words("""
        a an the this that these those i you he she it we they me him her them my your his its our their
        is are was were be been being am do does did have has had can could will would shall should may might
        must of in on at to for from by with about into as and or but if than then there here not no so such
        what which who whom whose when where why how tell show give explain describe please list know want
        find compare compared versus vs
    """),
    stem=lambda word: _PORTER(word) if word.isascii() else word,
    abbreviations=abbreviations(
        titles="""
            Mr Mrs Ms Messrs Mx Dr Prof Rev Hon Gen Lt Col Maj Capt Cmdr Sgt Cpl Adm Gov Sen Rep Supt Mt Ft
        """,
        words="""
            Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun Jr Sr
            Esq Inc Ltd Corp Co Cos Bros Assn Assoc Univ Inst Natl Intl Bd Comm Blvd Ave Rd St Hwy Sq Bldg
            dept depts govt natl intl incl excl approx est ca cf vs v viz al seq eg ie etc misc temp resp prob
            orig equiv
        """,
        beside_numbers="""
            no nos fig figs sec secs sect tab tabs ch chs chap chaps vol vols p pp para paras art arts app
            eq eqs ed eds ref refs ver ext tel reg regs cl rev vers pt pts max min avg mo mos yr yrs hr hrs wk
            wks lb lbs Rs oz mg kg ml cm mm km mi ft yd yds gal tbsp tsp doz qty
        """,
    ),
    numbers={
        **counted(
            "zero one two three four five six seven eight nine ten eleven twelve|dozen thirteen fourteen "
            "fifteen sixteen seventeen eighteen nineteen"
        ),
        **counted("twenty thirty forty fifty sixty seventy eighty ninety hundred", 20, 10),
        "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    },
    follow_ups=FollowUps(
        openings=(
            "no", "i am", "i mean", "i meant", "that is", "that was", "other", "any other",
            "what about", "how about", "what else", "anything else", "how so", "for example",
        ),
        conjunctions=words("and but or so also"),
        choices=("of these", "of those"),
        pronouns=words("it they them theirs he him she hers"),
        possessives=words("its their his her"),
        definitions=(
            "what is", "what are", "what was", "what were", "who is", "who are", "who was", "who were",
            "where is", "where are", "where was", "where were", "define", "explain", "describe",
        ),
        vague=words("""
            many much long far often old big more most other another any one ones good best better way ways
            thing things kind kinds type types example examples also happened happen work works mean means
            next really again still just ok okay thanks exactly same
        """),
    ),
    bounds=words("before after since until till by from between to"),
    documents=words("document file report paper source text article book"),
    say=words("""
        say says said tell talk mention discuss cover deal speak refer about
    """),
    requests=Requests(
        help=(
            r"help(?: me)?|(?:hi|hello|hey|greetings|good (?:morning|afternoon|evening|day))(?: there)?",
            r"(?:thanks|thank you)(?: (?:very|so) much| a lot)?",
            r"(?:so )?what (?:can|do|could|will) you (?:actually |even )?(?:do(?: for me)?|help me with)",
            r"(?:what are|tell me about) your (?:capabilities|skills|features)",
            r"how do i (?:get started|start|begin)",
            r"(?:who|what) are you(?: able to do)?|what(?: is|['’]?s) (?:this|mustanad)",
            r"how (?:can|could|do|will) you (?:help|assist)(?: me)?",
            r"how (?:do|does|can) (?:i use )?(?:you|it|this|mustanad)(?: work)?",
            r"(?:what|which)(?: (?:kinds?|sorts?|types?) of)?(?: questions?)? (?:can|may|could|should) "
            r"(?:i|we|you) (?:ask|answer)(?: you| here| about)*",
        ),
        summary=(
            rf"{_PLEASE}(?:summari[sz]e|sum up|recap|condense|shorten|tl;? ?dr)(?: (?P<of>.+?))?{_BRIEFLY}",
            rf"{_PLEASE}(?:{_NOUNS})(?: (?:of|for|about|on) (?P<of>.+?))?{_BRIEFLY}",
        ),
        contents=(
            rf"{_PLEASE}outline (?P<of>.+?){_BRIEFLY}",
            rf"{_PLEASE}(?:{_POINTS})(?: (?:discussed|mentioned|covered|made|raised))?"
            rf"(?: (?:of|in|from|by) (?P<of>.+?))?{_BRIEFLY}",
            r"what(?: is|['’]?s| are| was) (?P<of>.+) about",
            r"what do(?:es)? (?P<of>.+) (?:say|cover|discuss|deal with|talk about|contain)",
            rf"{_PLEASE}(?:about|describe|explain) (?P<of>.+?){_BRIEFLY}",
        ),
        comparison=(
            rf"{_PLEASE}(?:compare and contrast|compare|contrast)(?: between)? (?P<of>.+?){_AND_TELL}",
            rf"{_PLEASE}(?:(?:comparisons?|differences?|similarit(?:y|ies))(?: and )?)+ "
            r"(?:between|of) (?P<of>.+)",
            r"how (?:do|does|did|is|are|was|were) (?P<of>.+ (?:differ|different) (?:from|than|to) .+)",
            r"how (?:do|does|did) (?P<of>.+) (?:differ|compare)",
            r"how (?:do|does|did) (?P<of>.+ compare (?:to|with) .+)",
            r"(?P<of>(?!(?:who|what|when|where|which|how|why|is|was|did|does)\b)\S+(?: \S+){0,3} "
            r"(?:vs\.?|versus) .+)",
        ),
        joints=(
            r" (?:differ|different|compare) (?:from|than|to|with) | (?:vs\.?|versus|against) "
            r"| (?:compared )?(?:with|to) ",
            r",? and ",
        ),
        within=words("in on at for by under about between from during regarding"),
        whose=words("of"),
        others=words("other others another most rest any each else"),
        whole=words("""
            pdf study thesis uploaded attached whole entire all two both content contents main key important
            points point ideas idea takeaways arguments topics discussion
        """),
        this=words("this these"),
    ),
    details={
        "creator": "author writer wrote written write authored",
        "sender": "sender sent sends wrote written write author mailed emailed",
        "recipient": "recipient recipients addressee addressed sent",
        "contributor": "contributor contributed contributors",
        "editor": "editor edited",
        "translator": "translator translated",
        "publisher": "publisher published issued publication",
        "date": "when date year",
        "subject": "keywords subject tags",
        "description": "description summary abstract",
    },
)  # fmt: skip
