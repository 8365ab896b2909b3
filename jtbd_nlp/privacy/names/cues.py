"""What stands beside a name of a person: titles, relations, verbs, desks; patterns that `people` asks, one each."""

from __future__ import annotations

import re

from ..lexicon import words

LETTER = "A-Za-zÀ-ÖØ-öø-ÿĀ-žƀ-ɏḀ-ỿ"
TOKEN = re.compile(rf"(?<![\w@])[{LETTER}](?:[{LETTER}]|['’-](?=[{LETTER}])){{1,30}}(?!\w)")
PARTICLE = "al-|el-|van der |van den |van |von |de la |de |del |di |da |bin |ibn |la |ten "
CAPITAL = rf"(?:{PARTICLE})?[A-ZÀ-ÖØ-Þ][{LETTER}]*(?:['’-][{LETTER}]+)*"
TITLE = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Sir|Dame|Lord|Lady|Auntie|Aunt|Uncle|Sister|Herr|Frau|Monsieur|"
    r"Madame|Señora?)\b\.? ?\Z"
)
OFFICE_TITLE = re.compile(  # before a name, and words of their own: "Coach Brannigan", "Nurse Practitioner"
    r"\b(?:Reverend|Rev|Father|Pastor|Rabbi|Imam|Canon|Bishop|Nurse|Matron|Coach|Captain|Sergeant|Sgt|Corporal|Constable|PC|DC|Officer|"
    r"Inspector|Detective|Judge|Councillor|Cllr|Senator|Nana|Nan|Granny|Grandma|Gran|Grandpa|Grandad|Granddad|Cousin|Chef|"
    r"Master|Nanny)\b\.? \Z"
)
SPOKEN_TITLE = re.compile(r"\b(?:mister|missus|missis|mr|mrs|ms|dr|auntie|uncle)\b\.? \Z", re.IGNORECASE)
_WHO = "|".join(sorted((*words("kin"), *words("roles")), key=lambda w: (-len(w), w)))
INTRODUCED = re.compile(
    (
        r"\b(?:(?:my|his|her|their|the|whose) (?:full |real |first |last |maiden )?name(?: is|'s|’s| was)|call(?:s|"
        r"ed)? (?:me|him|her)|named|(?:was|is|were|who's|guy|woman|man|girl|lady|person|trainer|(?:an?|the|this|that|some|another|"
        rf"one) (?:[\w-]{{2,12}} )?(?:fella|fellow|bloke|chap|lad|lass|kid|boy|gal|dude|gentleman|volunteer|{_WHO})) "
        r"called|goes by|signed by) \Z"
    ),
    re.IGNORECASE,
)
SELF = re.compile(r"\b(?:I'm|I’m|I am|this is|it's|it’s|it was|that's|that is|here is|meet) \Z", re.IGNORECASE)
RELATION = re.compile(
    (
        r"\b(?:my|our|his|her|their|the|a)(?: [\w-]{{2,14}}){{0,2}}? ({})(?:,? (?:who is |that's |that is |is |was |"
        r"named |called |is called |was called )|, | |'s name is )\Z"
    ).format("|".join(sorted((*words("kin"), *words("roles")), key=lambda w: (-len(w), w)))),
    re.IGNORECASE,
)
_CAME = (
    r"(?:came|comes|went|goes|popped|pops|turned|drove|walked) (?:over|round|in|up|down|back|out|by) "
    r"(?:to|and|with|on|at|from|for|every|last)"
)
OBJECT = re.compile(r"\b(?:{}|to|with|from|for|me and|and) \Z".format("|".join(sorted(words("act_on")))), re.IGNORECASE)
STRONG_OBJECT = re.compile(
    (
        r"\b(?:{}|(?:said|spoke|talked|wrote|listened|forwarded it|sent it|gave it|handed it|report|reports|reported) "
        r"to|chat(?:ted)? with|phone with|lunch with|me and|"
        r"(?:trained|taught|hired|run|managed|helped|shown|told|signed|"
        r"replaced|recommended|interviewed|looked after|brought up|raised|supervised|mentored|seen) by|thanks,?|hi,?|hey,?|hello,?|dear) \Z"
    ).format("|".join(sorted(words("act_on")))),
    re.IGNORECASE,
)
SUBJECT = re.compile(
    (
        r"(?:,? (?:and I|and me|who)|(?:,? she|,? he)?(?:'s| has| had| also| just| always| never| then| really| "
        r"only)? (?:{}))\b"
    ).format("|".join([*sorted(words("acts") - {"is", "was", "has", "had", "did", "does", "and"}), _CAME])),
    re.IGNORECASE,
)
HUMAN = re.compile(  # what hardly anything but a person does, so that a name on no list is one
    r" (?:did|does|was|is|had|has|could|would|went)(?: it| that| so)?,? (?:and|but|so) (?:she|he)\b|,? (?:love|mate|darling|"
    r"pet|dear|sweetheart),|,? (?:and|but|because|since) (?:she|he)\b|, (?:she|he)\b| (?:told|said|says|asked|resigned|"
    r"retired|quit|emailed|texted|laughed|"
    r"built|insisted|complained|replied) (?:me|us|her|him|that|yes|no|a|the|it|to|last|in|on|by|if|why|how)\b"
)
SPOKE = re.compile(
    r" (?:told (?:me|us|her|him)|said|says|rang|texted|emailed|retired|resigned|quit|left (?:in|last|us|and|me)|reckons|reckoned)\b"
)
DESK = re.compile(
    (
        r",? (?:from it\b|(?:from|in|over in|at|on) (?:the )?(?:finance|accounts|accounting|sales|marketing|hr|legal|(?-i:IT)|design|"
        r"support|engineering|product|ops|operations|procurement|logistics|reception|payroll|"
        r"(?:other )?(?:site|branch|office|shop|depot)|night shift|day shift|"
        r"front desk|warehouse)\b)"
    ),
    re.IGNORECASE,
)
EPONYM = re.compile(
    r"(?!['’]s way\b)(?:'s|’s|s'|-[A-Z]\w{{1,15}})? (?:{})\b".format("|".join(sorted(words("eponym_heads")))),
    re.IGNORECASE,
)
# something stands before it: "N't" alone is a word
CONTRACTION = re.compile(r"(?<=\w)(?:['’](?:s|m|d|ll|re|ve)|n['’]t)\Z", re.IGNORECASE)
LISTING = re.compile(r"(?:,| and| or|, and|, or| &) \Z")
INITIALS = re.compile(  # "J. R. Mbeki", and not "U.S. Army"
    rf"(?<![\w.])(?!U\. ?[SKN]|E\. ?U|D\. ?C|L\. ?A|N\. ?Y|A\. ?I|P\. ?S|[Aa]\. ?[Mm]|[Pp]\. ?[Mm])(?:[A-Z]\. ?){{2,3}}"
    rf"(?:Mc|Mac|O['’])?[A-ZÀ-ÖØ-Þ][{LETTER}]{{2,20}}(?:['’-][A-Z][{LETTER}]{{1,20}})?"
)
INITIAL = re.compile(r"(?:^|[.!?:\n\"“”…—–-])[\s\"“'‘(]{0,8}\Z")
FIRST_WORDS = re.compile(
    (
        r"(?:^|[.!?\n])\s{0,4}(?:so|and|but|then|well|yeah|okay|ok|um|uh|now|oh|anyway|also|because|like|actually|"
        r"honestly|when|if|while|after|before|until|since|that|what|how),? \Z"
    ),
    re.IGNORECASE,
)
STOP = words("stop")
ARTICLE = re.compile(
    r"\b(?:a|an|the|every|each|another)(?: (?:new|old|proper|little|big|whole|full|quick))? "
    r"(?:(?-i:[A-Z][\w’'-]{1,20}) )?\Z",
    re.IGNORECASE,
)
CASE = re.compile(  # after a client's surname: "the Henderson account"
    r" (?:account|file|job|wedding|case|order|family|kids|boys?|girls?|twins|house|contract|project|deal|invoice|matter|"
    r"brothers|sisters|estate|funeral|place|party|booking|group|lot)\b"
)
DOES = re.compile(
    r" (?:does|did|runs|ran|handles|signs|covers|keeps|checks|orders) (?:the|my|our|all the|most|it all|that)\b"
)
APPOSED = re.compile(r"\b(?:who|that) [\w' ]{3,30}, \Z")  # "the person who trained me, Joy, left"
PRESENCE = re.compile(
    r"(?: is| was|'s|’s) (?:on (?:holiday|leave|call|shift|nights|days|the desk)|off|away|out|sick|ill|late|back|in today)\b"
)
NICKNAME = re.compile(r"\b(?:[Bb]ig|[Ll]ittle|[Ww]ee|[Oo]ld|[Yy]oung) \Z")  # "big Steve"
SOME = re.compile(r"\ban? \Z", re.IGNORECASE)
NO_NAME_AFTER = re.compile(r"\b(?:in|on|at|the|an?|of|my|your|this|that|into|onto) \Z")
