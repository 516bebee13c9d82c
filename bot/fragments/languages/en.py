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
    r"create|generate|suggest|recommend|propose|find|pick|choose|plan|outline|design|sketch|rewrite|rephrase|"
    r"shorten|proofread|correct|check|review|fix|refactor|convert|turn|make|add|remove|help|define|estimate|rank|"
    r"sort|order|analy[sz]e|extract|identify|highlight|classify|simplify|expand|compose|prepare|build|implement|"
    r"debug|optimi[sz]e|test|solve|prove|derive|mark|draw|brainstorm|research|look up|evaluate|assess|advise|remind|"
    r"let me know|walk me|teach|quote|cite|count|format|reformat|clean|paraphrase|outline|propose|send|book|"
    r"schedule|post|ask|put|set|use|answer|reply|respond|polish|edit|improve|document|redact|anonymi[sz]e|mention|"
    r"state|provide|include|report|run|split|merge|combine|group|pretend|act as|imagine|work out|figure out|come up|"
    r"point out|spell out|set up|update|upgrade|delete|ship|transfer|cancel|confirm|verify|pin|change|rename|move|"
    r"install|deploy|configure|tag|label)"
)

_ASIDE = (
    r"[,.]? (?:and also|oh and|ah and|and btw|also btw|btw|by the way|and by the way|oh also|and another "
    r"thing)[,:]? "
)

_RUN_ON = (
    r"(?:(?:what|where|when|why|how|who|which)(?: \w+){0,2}? (?:do|does|did|can|could|should|would|will|is|are) "
    r"(?:i|we|you|they|the|my|our|there)\b|what'?s the |where'?s the |how (?:much|many|long|often) (?:is|are|do|"
    r"does|can) )"
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
        r"thoughts|recommendations?|suggestions?|advice|news|clue)|(?:any(?:one|body)|some(?:one|body)) (?:know|"
        r"here|got)|(?:thoughts|ideas|suggestions)\b|to (?:what|which|whom)\b|(?:in|on|at|for|from|by|with|under|"
        r"about|of) (?:what|which|whom|whose)\b|up to (?:what|which)|since when|until when|with or without|ok to|"
        r"safe to)"
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
        r"(?:please )?(?:summari[sz]e|translate|draft|write|list|calculate|compute|create|generate|suggest|"
        r"recommend|propose|rank|compare|estimate|give (?:me|us)|show (?:me|us)|tell me|describe|name|outline|mark|"
        r"turn|prepare)\b"
    ),
    request=phrase(
        r"(?:(?:i|we)(?:'d| would)?(?: also)? (?:like|want|need|love) (?:to (?:know|understand|find out|ask)|you to|"
        r"help)|i(?:'m| am| was)?(?: also| just)? wonder|(?:i'm |i am |we're )?(?:also )?not sure (?:how|what|"
        r"whether|if|which|where|when|who|why)|(?:i|we) (?:don't|dont|do not) (?:know|understand) (?:how|what|"
        r"whether|if|which|where|when|who|why)|need (?:help|advice|the|a|an|some|to know)\b|looking for|(?:i'm |i "
        r"am )?curious|(?:my|our|the) \w+(?: also)? (?:asks?|asked|wonders?|wants? to know|is asking|would like to "
        r"know)\b|(?:things|stuff|items|what) (?:we|i) (?:still )?need|(?:i|we)(?:'d|'m|'re|'ll| am| are| would| "
        r"will)? also (?:like|need|want|looking|wondering|have to know)(?! to (?!know|understand|find out|ask|hear|"
        r"learn))|(?:also|besides|plus|additionally|separately|lastly|finally),? (?:i|we)(?:'d|'m|'re|'ll| am| are| "
        r"would| will)? (?:like|need|want|looking)(?! to (?!know|understand|find out|ask|hear|learn))|no (?:idea|"
        r"clue) (?:how|what|which|where|when|who|why)|(?:my|the|another|one more|quick|dumb|last|next) (?:other |"
        r"last |first |second |quick )?(?:question|q) (?:is|maybe|but|about|would))"
    ),
    head=phrase(
        rf"(?:(?:and |also |please )*(?:(?:can|could|would|will) (?:you|someone|anyone|anybody|somebody)(?: please|"
        rf" maybe| also)* "
        r"(?:tell|explain|show|help|remind|describe|let|say|check|clarify)(?: (?:to )?(?:me|us))?(?: know)?|(?:do|"
        r"does) (?:you|anyone|anybody|someone) (?:happen to )?(?:know|remember|understand)|(?:please )?(?:tell|"
        r"explain|show|describe|remind|clarify|let|teach)(?: me| us)?(?: to (?:an?|the|my|our|me|us)(?: "
        r"\w+){0,2})?(?: know)?|i(?:'d| would) like to (?:know|understand)|i want(?:ed)? to (?:know|understand|ask)|"
        r"i(?:'m| am)? wonder(?:ing)?|i need to know|any(?:one)? idea|not sure|find out|check))[,:]? "
        rf"(?={_WH}|if |whether )"
    ),
    opening=phrase(
        r"(?:if|unless|provided|assuming|supposing|based|using|when|whenever|while|after|before|once|until|as|since|"
        r"because|given|for|in|on|at|with|without|regarding|about|concerning|besides|between|from|under|during|"
        r"according|to|instead)\b[^,;:?!]{0,120}[,;:] ?(?:then |please |just |and |also |pls )*"
    ),
    condition=phrase(rf"(?:if|unless|provided|assuming|supposing|in case|when(?! (?:{_AUX})\b))(?: that)?\b"),
    marker=phrase(
        r"(?:(?:and also|and then|and|also|plus|but also|but|btw|by the way|oh and|oh|so|ok so|ok|okay|well|hey|yo|"
        r"hi|hello|additionally|furthermore|moreover|in addition|quick (?:q|question)|lastly|finally|firstly|"
        r"secondly|thirdly|(?:first|second|third|last|next)(?=[,:]| (?:what|who|where|when|why|how|is|are|do|does|"
        r"can|could|should|please)\b)|lol)\b[,:;!]*(?: |$))+"
    ),
    breaks=phrase(
        rf"{_ASIDE}|(?:[,;] ?| ?[-–—] ?| )(?:and|plus|also|as well as|but)(?: also| then| by the way| secondly|"
        rf" finally|,)? |"
        r"; ?|, | "
    ),
    aside=phrase(_ASIDE),
    holding=phrase(
        r"\b(?:differen(?:ce|t|ces) (?:between|from)|compar(?:e|ed|ing|ison)|versus|vs|distinguish|between what|"
        r"either|what to do and|if (?:a|an|the|my|our|some)?\s?\w+ (?:asks?|calls? and asks?|wonders?|wants? to "
        r"know)|asks? (?:me |us |him |her |them )?(?:who|what|why|how|when|where))\b"
    ),
    follow=phrase(
        r"(?:(?:and|but|or|so|also|please) )*(?:(?:make|shorten|turn|convert|rewrite|rephrase|adjust|polish|improve|"
        r"extend|expand|sort|rank|order|format|translate|send|print|sign) (?:them|these|those|the (?:letter|text|"
        r"e-?mail|mail|message|draft|version|reply|answer|poem|story|summary|speech|result|output|post)) |then "
        r"(?!tell|(?:give|show|send) (?:me|us) (?:an?|some|two|three|your)\b|explain (?:what|how|why|who)|let|what|"
        r"who|where|when|which|how|is|are|do|does|can)|if (?:not|so|yes|no|it (?:is|isn't|does|doesn't|was|wasn't|"
        r"would|wouldn't|can|can't|has|hasn't)|they (?:are|aren't|do|don't|did|didn't)|we (?:are|aren't|do|don't|"
        r"can|can't|may|must)|i (?:can|can't|do|don't|may|must|am)|that)(?=[ ,;:.?]|$)(?! \w+ (?:the|a|an|my|"
        r"our)\b)|otherwise|else\b|in (?:that|this|such a|which) case|should (?:it|they|that|this|he|she)\b|why(?: "
        r"not| so| is that| that)?[?!.]*$|how (?:so|come)[?!.]*$|same (?:for|with|question)|vice versa|and (?:in|"
        r"for|on|at|with|from|to|after|before) (?!what|which|whom?|whose|how)[^?]*\?)"
    ),
    result=phrase(
        r"(?:^(?:(?:and|so|but|also|then),? )*|\b(?:calculate|compute|tell (?:me|us)|decide|say|determine|recommend|"
        r"check|see) )which (?:is|was|has|have|would|should|are|do|does|did|can|could|will|costs|takes|needs|offers|"
        r"works|gives|comes|suits|fits)\b(?!.*(?:\bor\b|:))|\bof the (?:two|three|four)\b|(?<!is )(?<!are )(?<!was "
        r")(?<!were )(?<!has )(?<!have )\bthe (?:\w{3,}est|best|worst|first|second|third|last)(?: one)?(?=[?.!,]| "
        r"and\b|$)|\b(?:with|for|at|by|from|of|using|in|under) that (?!i\b|you|we|he|she|they|it\b|the\b|an?\b|is|"
        r"are|was|were|my|our)\w+|\b(?:based on (?:that|this|it|your|the|these|those)|given (?:that|this|these|"
        r"those)(?=[ ,])|which (?:one|ones|of (?:these|those|them|the (?:two|three|four|five|options|results|"
        r"above)))|(?:one|any|some|all|none|each|either|neither|most|both) of (?:these|those|them)|of the(?:se|m)\b|"
        r"(?:the|your|that|this|these|those) (?:choice|decision|result|results|outcome|output|answer|answers|"
        r"suggestions?|recommendations?|above)\b|(?<!can )(?<!could )(?<!would )(?<!do )(?<!will )(?:you|you've|you "
        r"have) (?:just )?(?:name|named|list|listed|suggest|suggested|choose|chose|chosen|pick|picked|recommend|"
        r"recommended|found|mention|mentioned|propose|proposed)\b|the (?:former|latter)|(?:that|this|so) (?:many|"
        r"much)\b|according(?:ly)? to (?:that|this)|using (?:that|this|these|those)\b|in light of|from (?:that|"
        r"those|these) (?:list|results?))"
    ),
    versus=phrase(
        r"(?:^|\b(?:and|so|but) )(?:which|what|who)(?: one| of the (?:two|three)| option)?(?: is|'s| are| was| "
        r"would be| should i| do you)? ?(?:\w+er|better|best|worse|more \w+|less \w+|the \w+est|prefer|choose|"
        r"pick)\b(?: overall| then| in total)?[?!. ]*$|\bhow do (?:they|the two|both|these) (?:compare|differ)"
    ),
    about=phrase(r"(?:(?:and|so|but|ok) )?(?:what|how) about\b"),
    seeking=phrase(
        r"^(?:\W*(?:and|also|please|then|so|pls|can you|could you|would you|now|first|second)[, ]+)*(?:who(?:'?s|"
        r"se)?\b|(?:which|what|how many|what kind of|what sort of) (?!(?:is|are|was|were|does|do|did|can|could|"
        r"should|would|will|has|have|had|about|if|happens|went|to|s|could)\b)\w+|what(?:'s| is| are| would be| "
        r"could be) (?:an? (?:good|great|nice|cheap|better|fair|safe|simple|typical|suitable|reasonable)|the "
        r"(?:best|most|cheapest|fastest|easiest|largest|smallest|main|next)) |(?:write|draft|create|generate|make|"
        r"compose|design|build|calculate|compute|list|suggest|propose|recommend|pick|choose|find|name|plan|outline|"
        r"sketch|prepare|brainstorm|summari[sz]e|estimate|come up|work out|figure out|determine|look up|put "
        r"together|draw up|give me|develop|implement|turn|translate)\b)"
    ),
    made=phrase(
        r"\b(?:(?:which|what)(?: \w+)?|an?|some|any|two|three|four|five|six|seven|eight|nine|ten|\d+|summari[sz]e|"
        r"the (?:best|cheapest|most \w+|largest)) (\w{4,})"
    ),
    defining=phrase(
        r"(?:(?:and|also|so|ok|then|btw|explain|describe|tell me|please|can you explain)[, ]+)*(?:(?:what|who|when|"
        r"where)(?:'?s| is| are| was| were) (?!our\b|my\b|it\b|they\b|he\b|she\b|that\b|this\b|these\b|those\b|"
        r"the\b|there\b|next\b)\S|what do(?:es)? \S+(?: \S+)? (?:mean|do|stand for)|define |explain \S|what \S+(?: "
        r"\S+)? (?:is|are|means?)\b|translate )"
    ),
    expletive=phrase(
        r"^after (?:that|this),|\b(?:(?:is|was|would|isn't|will|could|might) (?:it|that)(?: be)?(?: still| really| "
        r"even| also)? (?:ok|okay|possible|legal|allowed|true that|better|cheaper|faster|safe|worth|normal|"
        r"necessary|enough to|a good idea|common|illegal|best|too|better|easier|hard|difficult|fine|required|"
        r"mandatory|advisable) (?:to|for|that|if|when|\w+ing)|what time is it|(?:is|was) it (?:raining|snowing|cold|"
        r"hot|warm|dark|late|early)|when it(?:'s| is) (?:\d|raining|dark|cold|hot)|when it (?:rains|snows|comes to)|"
        r"it(?:'s| is| was)(?: \w+)? (?:possible|likely|better|best|important|necessary|true|easy|hard|late|\d)|"
        r"does it (?:matter|make sense)(?= (?:if|whether|to|that))|does it (?:not )?matter|how long does it "
        r"(?:usually )?take to|it takes|it takes? \w+|make it (?:easier|clear|possible)|takes? it|how is it that|"
        r"that(?='s\b)|(?:is|are|was|were|isn't|aren't|will) there|there(?:'s| is| are| was| were| will| has| must)|"
        r"keep it\b|worth it|(?<=\w )that (?=(?:i|we|you|he|she|it|they|the|a|an|my|our|your|are|have|has|would|"
        r"will|can|every|each|people|everyone|\w+s\b)))"
    ),
    clitic=phrase(
        r"\b(?:(?:a|the) (?:new|good|better|cheaper|similar|second|different|same|used) )?(?<!week )(?<!day "
        r")(?<!part )(?<!step )(?<!phase )(?<!number )(?<!level )(?<!year )(?<!room )(?<!no )one(?=[?.!, ]*$)|"
        r"\b(?:list|name|give|suggest|show|recommend|find|send)(?: me| us)? some(?=[?.!, ]*$)"
    ),
    anaphor=phrase(
        r"(?:\bthis\b(?! (?:year|week|month|morning|evening|afternoon|weekend|time|way|spring|summer|autumn|fall|"
        r"winter|friday|monday|tuesday|wednesday|thursday|saturday|sunday|one|building|office|company|team|channel|"
        r"workspace|country|city|floor|department\b))|\bthat(?=[?.!,;:]|$)|\bthat (?=(?:to|by|with|into|from|on|as|"
        r"over)\b)|^that\b|\b(?:is|do|of|if|for|fix|was|did|can|why|does|with|than|like|from|undo|about|could|cause|"
        r"after|handle|would|should|avoid|change|before|prevent|how|when) that\b(?! (?:i|you|we|he|she|they|it|the|"
        r"a|an)\b)|\b(?:these|those)\b|\bthere\b(?=[?.!,;: ]*$)|\bthis one\b|\bthat one\b|\bone of (?:them|these)\b|"
        r"\bthe same\b|\bsuch an?\b|\bhow to do so\b|\bdo so\b|\bof each\b|\beach\b(?= (?:have|has|do|does|cost|"
        r"costs|is|take|takes|get|gets)\b)|\bfor each\b(?=[?.!,]|$)|\bthe (?:two|three|four|others?)\b(?=[?.!, ])|"
        r"\bthe problem\b|\ban? (?:reply|response|counter-?offer)\b(?! (?:to|for|rate|time)\b)|\bsimilar (?:\w+ "
        r")?\w+(?=[?.!]|$)|\b(?:either|neither)(?=[?.!]|$)|\b(?:what|who|where|anything|something) else\b(?! than)|"
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
        r"be (?:brief|concise|short|honest|polite)|no (?:jargon|fluff|emojis?|more than)|in (?:german|french|"
        r"english|spanish|plain english|bullet points|simple words)[,. ]*(?:please|pls)?[.! ]*$|short answers?|"
        r"bullet points|(?:one|two|three) sentences? (?:each|per)|max(?:imum)? \d|under \d+ words|don't (?:use|"
        r"mention|explain)|do not (?:use|mention))"
    ),
    greeting=greetings(
        r"(?:hi|hello|hey|hiya|howdy|yo|greetings|good (?:morning|afternoon|evening|day)|morning|dear)(?:[ "
        r",]+(?:all|team|everyone|everybody|folks|there|guys|again|you|both|hi|tessera|bot|sir|madam|or|colleagues|"
        r"dear|\ue000\d+\ue001|<@\w+>))*|thanks?(?: you)?(?: (?:so|very|a|you|much|lot|million|in|advance|for|your|"
        r"the|help|time|all|everyone|again|reading|looking|already|and|have|nice|good|great|day))*|thx|ty|cheers|"
        r"tia|many thanks|(?:best|kind|warm)(?: regards| wishes)?|regards|sincerely|yours(?: \w+)?|please advise|"
        r"any help (?:is |would be )?(?:much |greatly )?appreciated|much appreciated|appreciate it|hope (?:you are|"
        r"you're|this finds you|all is|everyone is|you all|you had|everybody had)[^?]*|have a (?:nice|good|great|"
        r"lovely) \w+|me again|happy (?:monday|friday|new year)|(?:best|cheers|regards|sincerely|thanks(?: a lot)?|"
        r"thank you|best regards|kind regards),+ (?!wh|how|is|can|do)\w+(?: \w+)?|lol|ok|okay|so|bye|see you|"
        r"sorry(?: for[^?]*| to bother[^?]*| in advance)?|how are you(?: \w+){0,2}|what'?s up|how's it going"
    ),
    idle=phrase(
        r"[\W_]*(?:(?:ok|so|hi|hello|please|pls|quick|a|an|two|three|four|five|six|some|few|couple|of|more|other|"
        r"short|the|my|our|these|those|this|following|next|unrelated|different|separate|small|below|here|are|is|i|"
        r"i'd|we|have|got|had|need|want|would|like|to|ask|know|can|could|you|answer|answers|help|me|us|with|"
        r"question|questions|qs|q|things?|topics?|points?|ones?|stuff|and|also|first|in|on|for|today|tell|let|"
        r"following|list|requests?|tasks?|todos?|to-dos?|please|\d+|:)\b[\W_]*)+"
    ),
    dealing=phrase(
        r"\b(?:summari[sz]e|summary|translate|translation|proofread|proof-read|typos?|spelling|grammar|errors?|"
        r"mistakes?|go(?:es|ing)? wrong|went wrong|fail(?:s|ed|ing|ures?)?|extract|find|list|highlight|explain|"
        r"analy[sz]e|check|review|rewrite|rephrase|shorten|simplify|classify|convert|redact|anonymi[sz]e|key points|"
        r"main points|tl;?dr|format|reformat|clean up|correct|paraphrase|wrong|problems?|suspicious|unusual|"
        r"anomal\w+|warnings?|happened|look(?:s)? at)\b"
    ),
    not_dealing=phrase(
        r"\b(?:repl(?:y|ies)|respond|response|answer (?:to|this)|write (?:a|an|me)|draft|title|headline|subject "
        r"line|what does (?:he|she|this person|the sender) want|turn (?:this|it) into|one sentence|decide|overall|"
        r"first|root cause|how many|count|average|who wrote)\b"
    ),
    deictic=phrase(
        r"\b(?:this|these|it|here|above|below|following|(?:the|my|our|that) (?:[\w]+ )?(?:log|logs|output|error|"
        r"trace|traceback|stack ?trace|text|email|e-mail|mail|message|letter|document|doc|article|report|code|"
        r"function|script|snippet|query|config|configuration|file|table|data(?! cent)|list|lines?|quote|paste|dump|"
        r"section|paragraph|program|class|method|test|job|command|statement|csv|json|yaml|policy|contract|notes|"
        r"minutes|transcript|thread|carrier|job))\b"
    ),
    relational=phrase(
        r"\b(?:an? |some |any |the )?(?:examples?|alternatives?|pros and cons|advantages|disadvantages|downsides?|"
        r"drawbacks|equivalents?|synonyms?|benefits|side effects|consequences|exceptions?)\b(?! (?:of|for|to|"
        r"between|when|if|that|which))"
    ),
    shift=phrase(
        r"(?:(?:and|oh|so) )?(?:also|separately|unrelated|btw|by the way|on another note|another|besides|"
        r"other(?:wise)? (?:question|topic)|completely different|different topic|one more|next|plus|oh and|"
        r"additionally)\b"
    ),
    turn=phrase(
        r"(?:(?:and|oh|so|also|ah|ok|but|then|now|totally|completely|entirely|here's)[,:]? )*(?:unrelated(?:ly)?(?: "
        r"to (?:that|this|the above))?(?: (?:question|but))?|"
        r"separate(?:ly| (?:matter|issue|topic|question|thing))|(?:independently|independent|irrespective) "
        r"of (?:that|this)|(?:besides|apart from|aside from|other than|next to) (?:that|this)|besides(?=,)|on "
        r"(?:an?|the) (?:\w+ )?(?:other|another|different|separate|side|personal|lighter|related|unrelated) (?:note|"
        r"topic|subject|matter|front)|on (?:another|to another|a) (?:note|topic|subject|matter)|(?:an)?other "
        r"(?:thing|question|topic|subject|point|matter)(?: is)?|(?:one|two) (?:more|other|last|final|further|quick) "
        r"(?:thing|question|topic|point|one)s?|(?:(?:something|totally|completely|entirely|on something|for "
        r"something) )+(?:different|unrelated|else)(?: (?:topic|question|subject))?|different (?:topic|question|"
        r"subject|matter|story)|(?:second|next|last|final|new|side|third) (?:topic|question|thing|subject)|"
        r"(?:changing|to change|switching) (?:the )?(?:topics?|subjects?|gears)|not (?:about|related to) (?:this|"
        r"that|\w+)(?=[:,])|p\.?p?\.?s\.?(?=[ :,])|in other news|on top of that|while (?:i'm at it|i have you|we're "
        r"at it)|for (?:the )?\w+(?=:)|for (?:me|us|work)(?=,))[,:;.!]*(?: [-\u2013\u2014])? "
    ),
)
