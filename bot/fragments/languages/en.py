"""English."""

# ruff: noqa: RUF001 - dashes and accents as people write them

from __future__ import annotations

from bot.fragments.languages.base import Language, endings, greetings, phrase, words
from bot.fragments.languages.stopwords import STOP_WORDS

_WH = r"(?:what|who|whom|whose|which|when|where|why|how)(?:'?s|'re|'ll|'d|'ve)?\b"
_AUX = (
    r"(?:is|are|was|were|am|do|does|did|can|could|should|shall|would|will|has|have|had|may|might|must|isn't|aren't|"
    r"wasn't|don't|doesn't|didn't|can't|couldn't|shouldn't|won't|wouldn't|hasn't|haven't)"
)
_SUBJECT = (
    r"(?:i|we|you|he|she|it|they|there|this|that|these|those|the|a|an|my|our|your|his|her|its|their|any|anyone|"
    r"anybody|someone|somebody|everyone|all|people|\ue000\d+\ue001)"
)
_VERBS = (
    r"(?:write|draft|explain|describe|summari[sz]e|translate|list|name|give|show|tell|compare|calculate|compute|"
    r"create|generate|suggest|recommend|propose|find|pick|choose|plan|outline|design|sketch|rewrite|rephrase|shorten|"
    r"proofread|correct|check|review|fix|refactor|convert|turn|make|add|remove|help|define|estimate|rank|sort|order|"
    r"analy[sz]e|extract|identify|highlight|classify|simplify|expand|compose|prepare|build|implement|debug|"
    r"optimi[sz]e|test|solve|prove|derive|mark|draw|brainstorm|research|look up|evaluate|assess|advise|remind|"
    r"let me know|walk me|teach|quote|cite|count|format|reformat|clean|paraphrase|outline|propose|send|book|schedule|"
    r"post|ask|put|set|use|answer|reply|respond|polish|edit|improve|document|redact|anonymi[sz]e|mention|state|"
    r"provide|include|report|run|split|merge|combine|group|pretend|act as|imagine|work out|figure out|come up|"
    r"point out|spell out|set up|update|upgrade|delete|ship|transfer|cancel|confirm|verify|pin|change|rename|move|"
    r"install|deploy|configure|tag|label)"
)

_ASIDE = (
    r"[,.]? (?:and also|oh and|ah and|and btw|also btw|btw|by the way|and by the way|oh also|and another thing)[,:]? "
)

_RUN_ON = (
    r"(?:(?:what|where|when|why|how|who|which)(?: \w+){0,2}? (?:do|does|did|can|could|should|would|will|is|are) (?:i|"
    r"we|you|they|the|my|our|there)\b|what'?s the |where'?s the |how (?:much|many|long|often) (?:is|are|do|does|can) )"
)

LANGUAGE = Language(
    code="en",
    stop=STOP_WORDS["en"],
    light=words(
        "do make get got go going know tell say said give take use using need want like try tried find show "
        "explain help think see look check happen happens happened work works mean means thing things way ways "
        "good better best first next last start example examples alternative alternatives risk risks step steps "
        "pro pros con cons advantage advantages disadvantage disadvantages reason reasons cause causes cost costs "
        "price prices deadline difference differences limit limits option options requirement requirements benefit "
        "benefits consequence consequences much many long often far big soon question questions answer answers "
        "problem problems issue issues fix fixed fixing solve handle change changes keep put right wrong legal "
        "allowed possible normal true able worth idea ideas advice thought thoughts sure expect matter right "
        "allowed fine end beginning middle instead exactly usually actually really normally else new old recommend "
        "suggest following below above people person someone another various several kind sort type part parts lot "
        "quick please wait avoid prevent stop"
    ),
    person=words("he him his she her hers"),
    thing=words("it its"),
    plural=words("they them their theirs both each"),
    definite=words("the this that these those its his her their"),
    pointing=words("the this that these those its his her their"),
    determiners=words("a an the my our your his her their this that these those its"),
    oblique=words(
        "in on at from to for with by near under during behind into over after before since until via within without"
    ),
    mine=words("i we me us my our mine ours im ive"),
    suffixes=endings("izations ization ations ation ments ment ings ing ions ion ies ied ers ed es er ly al s e y"),
    question=phrase(
        rf"(?:{_WH}|{_AUX} (?!not\b|a\b|an\b)\S|(?:is|are|was|were|has|have|had|do|does|did) an? \w+ |any (?:ideas?|"
        rf"chance|tips?|"
        r"thoughts|recommendations?|suggestions?|advice|news|clue)|(?:any(?:one|body)|some(?:one|body)) (?:know|here|"
        r"got)|(?:thoughts|ideas|suggestions)\b|to (?:what|which|whom)\b|(?:in|on|at|for|from|by|with|under|about|"
        r"of) (?:what|which|whom|whose)\b|up to (?:what|which)|since when|until when|with or without|ok to|safe to)"
    ),
    clause=phrase(rf"(?:{_WH} \S|{_AUX} {_SUBJECT}\b|(?:can|could|does|did|do) \S+ \S+|(?:is|are) \S+ \S+)"),
    inverted=phrase(rf"(?:{_RUN_ON}|{_AUX} (?:i|we|you|they|he|she|it|there|anyone|someone)\b)"),
    run_on=phrase(_RUN_ON),
    instruction=phrase(
        rf"(?:(?:please|pls|plz|kindly|just|also|then|now|next|finally|lastly|secondly?|thirdly?|firstly?|and|"
        rf"after that|afterwards|after this|maybe|could u|can u|i need you to|i want you to|"
        rf"i'd like you to),? ){{0,3}}{_VERBS}\b"
        r"(?! (?:failed|fails|is|was|are|were|has|had|did|does|keeps?|went)\b)"
    ),
    strong=phrase(
        r"(?:please )?(?:summari[sz]e|translate|draft|write|list|calculate|compute|create|generate|suggest|recommend|"
        r"propose|rank|compare|estimate|give (?:me|us)|show (?:me|us)|tell me|describe|name|outline|mark|turn|"
        r"prepare)\b"
    ),
    request=phrase(
        r"(?:(?:i|we)(?:'d| would)?(?: also)? (?:like|want|need|love) (?:to (?:know|understand|find out|ask)|you to|"
        r"help)|i(?:'m| am| was)?(?: also| just)? wonder|(?:i'm |i am |we're )?(?:also )?not sure (?:how|what|whether|"
        r"if|which|where|when|who|why)|(?:i|we) (?:don't|dont|do not) (?:know|understand) (?:how|what|whether|if|"
        r"which|where|when|who|why)|need (?:help|advice|the|a|an|some|to know)\b|looking for|(?:i'm |i am )?curious|"
        r"(?:my|our|the) \w+(?: also)? (?:asks?|asked|wonders?|wants? to know|is asking|would like to know)\b|"
        r"(?:things|stuff|items|what) (?:we|i) (?:still )?need|(?:i|we)(?:'d|'m|'re|'ll| am| are| would| will)? also (?:like|"
        r"need|want|looking|wondering|have to know)(?! to (?!know|understand|find out|ask|hear|learn))|(?:also|besides|plus|additionally|"
        r"separately|lastly|finally),? (?:i|we)(?:'d|'m|'re|'ll| am| are| would| will)? (?:like|need|want|looking)(?! to (?!know|understand|find out|ask|hear|learn))|no (?:idea|clue) (?:how|what|which|where|when|who|why)|"
        r"(?:my|the|another|one more|quick|dumb|last|next) (?:other |last |first |second |quick )?(?:question|"
        r"q) (?:is|maybe|but|about|would))"
    ),
    head=phrase(
        rf"(?:(?:and |also |please )*(?:(?:can|could|would|will) (?:you|someone|anyone|anybody|somebody)(?: please|"
        rf" maybe| also)* "
        r"(?:tell|explain|show|help|remind|describe|let|say|check|clarify)(?: (?:to )?(?:me|us))?(?: know)?|(?:do|"
        r"does) (?:you|anyone|anybody|someone) (?:happen to )?(?:know|remember|understand)|(?:please )?(?:tell|"
        r"explain|show|describe|remind|clarify|let|teach)(?: me| us)?(?: to (?:an?|the|my|our|me|"
        r"us)(?: \w+){0,2})?(?: know)?|i(?:'d| would) like to (?:know|"
        r"understand)|i want(?:ed)? to (?:know|understand|ask)|i(?:'m| am)? wonder(?:ing)?|i need to know|"
        r"any(?:one)? idea|not sure|find out|check))[,:]? "
        rf"(?={_WH}|if |whether )"
    ),
    opening=phrase(
        r"(?:if|unless|provided|assuming|supposing|based|using|when|whenever|while|after|before|once|until|as|since|"
        r"because|given|for|in|on|at|with|without|regarding|about|concerning|besides|between|from|under|during|"
        r"according|to|instead)\b[^,;:?!]{0,120}[,;:] ?(?:then |please |just |and |also |pls )*"
    ),
    condition=phrase(
        rf"(?:if|unless|provided|assuming|supposing|in case|when(?! (?:{_AUX})\b))(?: that)?\b"
    ),
    marker=phrase(
        r"(?:(?:and also|and then|and|also|plus|but also|but|btw|by the way|oh and|oh|so|ok so|ok|okay|well|hey|yo|hi|"
        r"hello|additionally|furthermore|moreover|in addition|quick (?:q|question)|last(?:ly)?|finally|next|"
        r"first(?:ly)?|second(?:ly)?|third(?:ly)?|lol)\b[,:;!]*(?: |$))+"
    ),
    breaks=phrase(
        rf"{_ASIDE}|(?:[,;] ?| ?[-–—] ?| )(?:and|plus|also|as well as|but)(?: also| then| by the way| secondly|"
        rf" finally|,)? |"
        r"; ?|, | "
    ),
    aside=phrase(_ASIDE),
    holding=phrase(
        r"\b(?:differen(?:ce|t|ces) (?:between|from)|compar(?:e|ed|ing|ison)|versus|vs|distinguish|between what|"
        r"either|what to do and|if (?:a|an|the|my|our|some)?\s?\w+ (?:asks?|calls? and asks?|wonders?|wants? to know)|"
        r"asks? (?:me |us |him |her |them )?(?:who|what|why|how|when|where))\b"
    ),
    follow=phrase(
        r"(?:(?:and|but|or|so|also|please) )*(?:(?:make|shorten|turn|convert|rewrite|rephrase|adjust|polish|improve|"
        r"extend|expand|sort|rank|order|format|translate|send|print|sign) (?:them|these|those|the (?:letter|text|"
        r"e-?mail|"
        r"mail|message|draft|version|reply|answer|poem|story|summary|speech|result|output|post)) |then (?!tell|"
        r"(?:give|show|send) (?:me|us) (?:an?|some|two|three|your)\b|"
        r"explain (?:what|how|why|who)|let|what|who|where|when|which|how|is|are|do|does|can)|if (?:not|so|yes|no|"
        r"it (?:is|isn't|does|doesn't|was|wasn't|would|wouldn't|can|can't|has|hasn't)|they (?:are|aren't|do|don't|did|"
        r"didn't)|we (?:are|aren't|do|don't|can|can't|may|must)|i (?:can|can't|do|don't|may|must|am)|that)(?=[ ,;:.?]|"
        r"$)(?! \w+ (?:the|a|an|my|our)\b)|otherwise|else\b|in (?:that|this|such a|which) case|should (?:it|they|that|"
        r"this|he|she)\b|why(?: not| so| is that| that)?[?!.]*$|how (?:so|come)[?!.]*$|same (?:for|with|question)|"
        r"vice versa|and (?:in|for|on|at|with|from|to|after|before) (?!what|which|whom?|whose|how)[^?]*\?)"
    ),
    result=phrase(
        r"(?:^(?:(?:and|so|but|also|then),? )*|\b(?:calculate|compute|tell (?:me|us)|decide|say|determine|recommend|check|see) )"
        r"which (?:is|was|has|have|would|should|are|do|does|did|can|could|will|costs|takes|needs|offers|works|gives|comes|suits|fits)\b(?!.*(?:\bor\b|:))|"
        r"\bof the (?:two|three|four)\b|(?<!is )(?<!are )(?<!was )(?<!were )(?<!has )(?<!have )\bthe (?:\w{3,}est|best|worst|first|"
        r"second|third|last)(?: one)?(?=[?.!,]| and\b|$)|"
        r"\b(?:with|for|at|by|from|of|using|in|under) that (?!i\b|you|we|he|she|they|it\b|the\b|an?\b|is|are|was|"
        r"were|my|our)\w+|"
        r"\b(?:based on (?:that|this|it|your|the|these|those)|given (?:that|this|these|those)(?=[ ,])|which (?:one|"
        r"ones|of (?:these|those|them|the (?:two|three|four|five|options|results|above)))|(?:one|any|some|all|none|"
        r"each|either|neither|most|both) of (?:these|those|them)|of the(?:se|m)\b|(?:the|your|that|this|these|"
        r"those) (?:choice|decision|result|results|outcome|output|answer|answers|suggestions?|recommendations?|above)\b|"
        r"(?<!can )(?<!could )(?<!would )(?<!do )(?<!will )(?:you|you've|you have) (?:just )?(?:name|named|list|"
        r"listed|suggest|suggested|choose|chose|chosen|pick|picked|recommend|recommended|found|mention|mentioned|"
        r"propose|proposed)\b|the (?:former|latter)|(?:that|this|so) (?:many|much)\b|according(?:ly)? to (?:that|"
        r"this)|using (?:that|this|these|those)\b|in light of|from (?:that|those|these) (?:list|results?))"
    ),
    versus=phrase(
        r"(?:^|\b(?:and|so|but) )(?:which|what|who)(?: one| of the (?:two|three)| option)?(?: is|'s| are| was|"
        r" would be| should i| do you)? ?(?:\w+er|better|best|worse|more \w+|less \w+|the \w+est|prefer|choose|"
        r"pick)\b(?: overall| then| in total)?[?!. ]*$|\bhow do (?:they|the two|both|these) (?:compare|differ)"
    ),
    about=phrase(r"(?:(?:and|so|but|ok) )?(?:what|how) about\b"),
    seeking=phrase(
        r"^(?:\W*(?:and|also|please|then|so|pls|can you|could you|would you|now|first|second)[, ]+)*(?:who(?:'?s|"
        r"se)?\b|(?:which|what|how many|what kind of|what sort of) (?!(?:is|are|was|were|does|do|did|can|could|should|"
        r"would|will|has|have|had|about|if|happens|went|to|s|could)\b)\w+|what(?:'s| is| are| would be|"
        r" could be) (?:an? (?:good|great|nice|cheap|better|fair|safe|simple|typical|suitable|reasonable)|"
        r"the (?:best|most|cheapest|fastest|easiest|largest|smallest|main|next)) |(?:write|draft|"
        r"create|generate|make|compose|design|build|calculate|compute|list|suggest|propose|recommend|pick|choose|find|"
        r"name|plan|outline|sketch|prepare|brainstorm|summari[sz]e|estimate|come up|work out|figure out|determine|"
        r"look up|put together|draw up|give me|develop|implement|turn|"
        r"translate)\b)"
    ),
    made=phrase(
        r"\b(?:(?:which|what)(?: \w+)?|an?|some|any|two|three|four|five|six|seven|eight|nine|ten|\d+|summari[sz]e|"
        r"the (?:best|cheapest|most \w+|largest)) (\w{4,})"
    ),
    defining=phrase(
        r"(?:(?:and|also|so|ok|then|btw|explain|describe|tell me|please|can you explain)[, ]+)*(?:(?:what|who|when|"
        r"where)(?:'?s| is| are| was| were) (?!our\b|my\b|it\b|they\b|he\b|she\b|that\b|this\b|these\b|those\b|the\b|"
        r"there\b|next\b)\S|what do(?:es)? \S+(?: \S+)? (?:mean|do|stand for)|define |explain \S|"
        r"what \S+(?: \S+)? (?:is|are|means?)\b|translate )"
    ),
    expletive=phrase(
        r"^after (?:that|this),|\b(?:(?:is|was|would|isn't|will|could|might) (?:it|that)(?: be)?(?: still| really|"
        r" even| also)? (?:ok|okay|possible|legal|allowed|true that|better|cheaper|faster|safe|worth|normal|necessary|"
        r"enough to|a good idea|common|illegal|best|too|better|easier|hard|difficult|fine|required|mandatory|"
        r"advisable) (?:to|for|that|if|when|\w+ing)|what time is it|(?:is|was) it (?:raining|snowing|cold|hot|warm|"
        r"dark|late|early)|when it(?:'s| is) (?:\d|raining|dark|cold|hot)|when it (?:rains|snows|comes to)|it(?:'s|"
        r" is| was)(?: \w+)? (?:possible|likely|better|best|important|necessary|true|easy|hard|late|\d)|"
        r"does it (?:matter|make sense)(?= (?:if|whether|to|that))|does it (?:not )?matter|"
        r"how long does it (?:usually )?take to|it takes|it takes? \w+|make it (?:easier|clear|possible)|takes? it|"
        r"how is it that|that(?='s\b)|(?:is|are|was|were|isn't|aren't|will) there|there(?:'s| is| are| was| were|"
        r" will| has| must)|keep it\b|worth it|(?<=\w )that (?=(?:i|we|you|he|she|it|they|the|a|an|my|our|your|are|"
        r"have|has|would|will|can|every|each|people|everyone|\w+s\b)))"
    ),
    clitic=phrase(
        r"\b(?:(?:a|the) (?:new|good|better|cheaper|similar|second|different|same|"
        r"used) )?(?<!week )(?<!day )(?<!part )(?<!step )(?<!phase )(?<!number )(?<!level )(?<!year"
        r" )(?<!room )(?<!no )one(?=[?.!, ]*$)|\b(?:list|name|give|suggest|show|recommend|find|send)(?: me| us)? some(?=[?.!, ]*$)"
    ),
    anaphor=phrase(
        r"(?:\bthis\b(?! (?:year|week|month|morning|evening|afternoon|weekend|time|way|spring|summer|autumn|fall|"
        r"winter|friday|monday|tuesday|wednesday|thursday|saturday|sunday|one|building|office|company|team|channel|"
        r"workspace|country|city|floor|department\b))|\bthat(?=[?.!,;:]|$)|^that\b|\b(?:is|do|of|if|for|fix|was|did|"
        r"can|why|does|with|than|like|from|undo|about|could|cause|after|handle|would|should|avoid|change|before|"
        r"prevent|how|when) that\b(?! (?:i|you|we|he|she|they|it|the|a|an)\b)|\b(?:these|those)\b|"
        r"\bthere\b(?=[?.!,;: ]*$)|\bthis one\b|\bthat one\b|\bone of (?:them|these)\b|\bthe same\b|\bsuch an?\b|"
        r"\bhow to do so\b|\bdo so\b|\bof each\b|\beach\b(?= (?:have|has|do|does|cost|costs|is|take|takes|get|"
        r"gets)\b)|\bfor each\b(?=[?.!,]|$)|\bthe (?:two|three|four|others?)\b(?=[?.!, ])|\bthe problem\b|\ban? (?:reply|response|counter-?offer)\b(?! (?:to|for|rate|time)\b)|"
        r"\bsimilar (?:\w+ )?\w+(?=[?.!]|$)|"
        r"\b(?:either|neither)(?=[?.!]|$)|\b(?:what|who|where|anything|something) else\b(?! than)|"
        r"\bthe issue\b|\bthe (?:offers|options|candidates|alternatives|steps|rest)\b(?=[?.!,]|$))"
    ),
    whole_list=phrase(
        r"\b(?:which|compare|comparison|differences?|differ|best|rank|sort|order|prioriti[sz]e|choose|pick|decide|"
        r"combine|between|versus|vs|in common|using|(?:from|out of|made with) (?:these|the following)|plan|schedule|"
        r"cheapest|fastest|fit|together|merge|average|total|sum|group|cluster|odd one)\b"
    ),
    style=phrase(
        r"(?:(?:please|and|but|also|pls)[, ]+)*(?:keep (?:it|them|this|the answers?|your answers?|everything|"
        r"answers)\b|(?:answer|reply|respond)(?: (?:all|both|them|each|everything))?(?: questions?)? (?:in|with|"
        r"briefly|shortly|using|within)\b|use (?:bullet|plain|simple|british|american|metric|short|at most|no more)|"
        r"be (?:brief|concise|short|honest|polite)|no (?:jargon|fluff|emojis?|more than)|in (?:german|french|english|"
        r"spanish|plain english|bullet points|simple words)[,. ]*(?:please|pls)?[.! ]*$|short answers?|bullet points|"
        r"(?:one|two|three) sentences? (?:each|per)|max(?:imum)? \d|under \d+ words|don't (?:use|mention|explain)|"
        r"do not (?:use|mention))"
    ),
    greeting=greetings(
        r"(?:hi|hello|hey|hiya|howdy|yo|greetings|good (?:morning|afternoon|evening|day)|morning|dear)(?:[ ,]+(?:all|"
        r"team|everyone|everybody|folks|there|guys|again|you|both|hi|tessera|bot|sir|madam|or|colleagues|dear|"
        r"\ue000\d+\ue001|<@\w+>))*|thanks?(?: you)?(?: (?:so|very|a|you|much|lot|million|in|advance|for|your|the|"
        r"help|time|all|everyone|again|reading|looking|already|and|have|nice|good|great|day))*|thx|ty|cheers|tia|"
        r"many thanks|(?:best|kind|warm)(?: regards| wishes)?|regards|sincerely|yours(?: \w+)?|please advise|"
        r"any help (?:is |would be )?(?:much |greatly )?appreciated|much appreciated|appreciate it|hope (?:you are|"
        r"you're|this finds you|all is|everyone is|you all|you had|everybody had)[^?]*|have a (?:nice|good|great|"
        r"lovely) \w+|me again|happy (?:monday|friday|new year)|(?:best|cheers|regards|sincerely|"
        r"thanks(?: a lot)?|thank you|best regards|"
        r"kind regards),+ (?!wh|how|is|can|do)\w+(?: \w+)?|lol|ok|okay|so|bye|see you|sorry(?: for[^?]*|"
        r" to bother[^?]*| in advance)?|how are you(?: \w+){0,2}|what'?s up|how's it going"
    ),
    idle=phrase(
        r"[\W_]*(?:(?:ok|so|hi|hello|please|pls|quick|a|an|two|three|four|five|six|some|few|couple|of|more|other|"
        r"short|the|my|our|these|those|this|following|next|unrelated|different|separate|small|below|here|are|is|i|i'd|"
        r"we|have|got|had|need|want|would|like|to|ask|know|can|could|you|answer|answers|help|me|us|with|question|"
        r"questions|qs|q|things?|topics?|points?|ones?|stuff|and|also|first|in|on|for|today|tell|let|following|list|"
        r"requests?|tasks?|todos?|to-dos?|please|\d+|:)\b[\W_]*)+"
    ),
    dealing=phrase(
        r"\b(?:summari[sz]e|summary|translate|translation|proofread|proof-read|typos?|spelling|grammar|errors?|"
        r"mistakes?|go(?:es|ing)? wrong|went wrong|fail(?:s|ed|ing|ures?)?|extract|find|list|highlight|explain|"
        r"analy[sz]e|check|review|rewrite|rephrase|shorten|simplify|classify|convert|redact|anonymi[sz]e|key points|"
        r"main points|tl;?dr|format|reformat|clean up|correct|paraphrase|wrong|problems?|suspicious|unusual|anomal\w+|"
        r"warnings?|happened|look(?:s)? at)\b"
    ),
    not_dealing=phrase(
        r"\b(?:repl(?:y|ies)|respond|response|answer (?:to|this)|write (?:a|an|me)|draft|title|headline|subject line|"
        r"what does (?:he|she|this person|the sender) want|turn (?:this|it) into|one sentence|decide|overall|first|root cause|how many|"
        r"count|average|who wrote)\b"
    ),
    deictic=phrase(
        r"\b(?:this|these|it|here|above|below|following|(?:the|my|our|that) (?:[\w]+ )?(?:log|logs|output|error|trace|"
        r"traceback|stack ?trace|text|email|e-mail|mail|message|letter|document|doc|article|report|code|function|"
        r"script|snippet|query|config|configuration|file|table|data(?! cent)|list|lines?|quote|paste|dump|section|"
        r"paragraph|program|class|method|test|job|command|statement|csv|json|yaml|policy|contract|notes|minutes|"
        r"transcript|thread|carrier|job))\b"
    ),
    relational=phrase(
        r"\b(?:an? |some |any |the )?(?:examples?|alternatives?|pros and cons|advantages|disadvantages|downsides?|"
        r"drawbacks|equivalents?|synonyms?|benefits|side effects|consequences|exceptions?)\b(?! (?:of|for|to|between|"
        r"when|if|that|which))"
    ),
    shift=phrase(
        r"(?:(?:and|oh|so) )?(?:also|separately|unrelated|btw|by the way|on another note|another|besides|"
        r"other(?:wise)? (?:question|topic)|completely different|different topic|one more|next|plus|oh and|"
        r"additionally)\b"
    ),
    turn=phrase(
        r"(?:(?:and|oh|so|also|ah|ok|but|then|now|totally|completely|entirely|here's)[,:]? )*(?:unrelated(?:ly)?(?: to (?:that|"
        r"this|the above))?(?: (?:question|but))?|separately|(?:independently|independent|irrespective) of (?:that|this)|"
        r"(?:besides|apart from|aside from|other than|next to) (?:that|this)|besides(?=,)|on (?:an?|the) (?:\w+ )?(?:other|"
        r"another|different|separate|side|personal|lighter|related|unrelated) (?:note|topic|subject|matter|front)|"
        r"on (?:another|to another|a) (?:note|topic|subject|matter)|(?:an)?other (?:thing|question|topic|subject|point|"
        r"matter)(?: is)?|(?:one|two) (?:more|other|last|final|further|quick) (?:thing|question|topic|point|one)s?|"
        r"(?:(?:something|totally|completely|entirely|on something|for something) )+(?:different|unrelated|else)"
        r"(?: (?:topic|question|subject))?|different (?:topic|question|subject|matter|story)|(?:second|next|last|final|"
        r"new|side|third) (?:topic|question|thing|subject)|(?:changing|to change|switching) (?:the )?(?:topics?|subjects?|"
        r"gears)|not (?:about|related to) (?:this|that|\w+)(?=[:,])|p\.?p?\.?s\.?(?=[ :,])|in other news|on top of that|"
        r"while (?:i'm at it|i have you|we're at it)|for (?:me|us|work|the office|home)(?=[:,]))"
        r"[,:;.!]*(?: [-\u2013\u2014])? "
    ),
)
