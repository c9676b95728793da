"""Texts that a converted model is compared with its original on: short and long, of several scripts."""

QUESTIONS = (
    "When was the treaty signed, and by whom?",
    "How many of the 1,250 patients in the second trial recovered within six weeks?",
    "rent",
    "ما هي عاصمة جمهورية مصر العربية؟",
)
PASSAGES = (
    "The treaty was signed in Lausanne on 24 July 1923. It set the borders of the new republic, and ended "
    "a war that had begun five years before. Two of the powers that had been invited did not sign.",
    "Of the patients in the second trial 812 recovered within six weeks (65%), against 41% of those who were "
    "given nothing; the difference was greatest among those under forty. No death was put down to the drug.",
    "The rent is 900 euros a month, paid in advance. It may be raised once a year, by 3% at most.",
    "- Flour, 500 g\n- Salt, 2 tsp\n- Water (lukewarm), 330 ml\n\nKnead for ten minutes; let it rest.",
    "القاهرة هي عاصمة جمهورية مصر العربية وأكبر مدنها.",
    "Der Vertrag wurde 1923 in Lausanne geschlossen; die Grenzen der Republik stehen darin.",
)
LONG = " ".join(PASSAGES * 4)  # beyond what most models read
