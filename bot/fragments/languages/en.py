"""English."""

from __future__ import annotations

from bot.fragments.languages.base import Language, greetings, phrase, words

_WH = r"(?:what|who|whom|whose|which|when|where|why|how)(?:'?s|'re|'ll|'d|'ve)?\b"
_AUX = (
    r"(?:is|are|was|were|am|do|does|did|can|could|should|shall|would|will|has|have|had|may|might|must|"
    r"isn't|aren't|wasn't|don't|doesn't|didn't|can't|couldn't|shouldn't|won't|wouldn't|hasn't|haven't)"
)
_SUBJECT = (
    r"(?:i|we|you|he|she|it|they|there|this|that|these|those|the|a|an|my|our|your|his|her|its|their|any|anyone|"
    r"anybody|someone|somebody|everyone|all|people|\ue000\d+\ue001)"
)
_VERBS = (
    r"(?:write|draft|explain|describe|summari[sz]e|translate|list|name|give|show|tell|compare|calculate|compute|create|"
    r"generate|suggest|recommend|propose|find|pick|choose|plan|outline|design|sketch|rewrite|rephrase|shorten|proofread|"
    r"correct|check|review|fix|refactor|convert|turn|make|add|remove|help|define|estimate|rank|sort|order|analy[sz]e|"
    r"extract|identify|highlight|classify|simplify|expand|compose|prepare|build|implement|debug|optimi[sz]e|test|solve|"
    r"prove|derive|mark|draw|brainstorm|research|look up|evaluate|assess|advise|remind|let me know|walk me|"
    r"teach|quote|cite|count|format|reformat|clean|paraphrase|outline|propose|send|book|schedule|post|ask|put|set|use|"
    r"answer|reply|respond|polish|edit|improve|document|redact|anonymi[sz]e|mention|state|provide|include|report|run|"
    r"split|merge|combine|group|pretend|act as|imagine|work out|figure out|come up|point out|spell out|set up|update|"
    r"upgrade|delete|ship|transfer|cancel|confirm|verify|pin|change|rename|move|install|deploy|configure|tag|label)"
)

_ASIDE = r"[,.]? (?:and also|oh and|ah and|and btw|also btw|btw|by the way|and by the way|oh also|and another thing)[,:]? "

_RUN_ON = (
    r"(?:(?:what|where|when|why|how|who|which)(?: \w+){0,2}? (?:do|does|did|can|could|should|would|will|is|are) "
    r"(?:i|we|you|they|the|my|our|there)\b|what'?s the |where'?s the |how (?:much|many|long|often) (?:is|are|do|does|can) )"
)

ENGLISH = Language(
    code="en",
    stop=words(
        "a an the and or but nor so yet if then else than that this these those there here i me my mine myself we us our ours "
        "you your yours he him his she her hers it its they them their theirs who whom whose which what when where why how is",
        "am are was were be been being do does did doing done has have had having can could should shall would will may might",
        "must ought of in on at by for with about against between into through during before after above below to from up down "
        "out off over under again further once all any both each few more most other some such no not only own same too very s t",
        "d ll re ve m don isn aren wasn weren hasn haven hadn doesn didn couldn shouldn won wouldn as until while because since",
        "per via also just please pls plz thanks thank hi hello hey ok okay yes well whats whos wheres whens hows btw lol oh",
        "anyone anybody someone somebody everyone everybody anything something everything nothing now cant dont isnt whether "
        "without within upon ever already still else im ive id thats theres lets let either neither one ones us vs versus e g",
    ),
    light=words(
        "do make get got go going know tell say said give take use using need want like try tried find show explain help think see "
        "look check happen happens happened work works mean means thing things way ways good better best first next last start",
        "example examples alternative alternatives risk risks step steps pro pros con cons advantage advantages disadvantage "
        "disadvantages reason reasons cause causes cost costs price prices deadline difference differences limit limits option",
        "options requirement requirements benefit benefits consequence consequences much many long often far big soon question "
        "questions answer answers problem problems issue issues fix fixed fixing solve handle change changes keep put right wrong",
        "legal allowed possible normal true able worth idea ideas advice thought thoughts sure expect matter right allowed fine "
        "instead exactly usually actually really normally else new old recommend suggest following below above "
        "people person someone another various several kind sort type part parts lot quick please wait avoid prevent stop",
    ),
    person=words("he him his she her hers"),
    thing=words("it its"),
    plural=words("they them their theirs both each"),
    definite=words("the this that these those its his her their"),
    determiners=words("a an the my our your his her their this that these those its"),
    oblique=words("in on at from to for with by near under during behind into over after before since until via within without"),
    mine=words("i we me us my our mine ours im ive"),
    suffixes=("izations", "ization", "ations", "ation", "ments", "ment", "ings", "ing", "ions", "ion", "ies", "ied", "ers",
              "ed", "es", "er", "ly", "al", "s", "e", "y"),
    question=phrase(
        rf"(?:{_WH}|{_AUX} (?!not\b|a\b|an\b)\S|(?:is|are|was|were|has|have|had|do|does|did) an? \w+ |any (?:ideas?|chance|tips?|"
        r"thoughts|recommendations?|suggestions?|advice|news|clue)|(?:any(?:one|body)|some(?:one|body)) (?:know|here|got)|"
        r"(?:thoughts|ideas|suggestions)\b|to (?:what|which|whom)\b|(?:in|on|at|for|from|by|with|under|about|of) (?:what|which|"
        r"whom|whose)\b|up to (?:what|which)|since when|until when|with or without|ok to|safe to)"
    ),
    clause=phrase(rf"(?:{_WH} \S|{_AUX} {_SUBJECT}\b|(?:can|could|does|did|do) \S+ \S+|(?:is|are) \S+ \S+)"),
    inverted=phrase(rf"(?:{_RUN_ON}|{_AUX} (?:i|we|you|they|he|she|it|there|anyone|someone)\b)"),
    run_on=phrase(_RUN_ON),
    instruction=phrase(
        rf"(?:(?:please|pls|plz|kindly|just|also|then|now|next|finally|lastly|secondly?|thirdly?|firstly?|and|after that|afterwards|after this|maybe|could u|"
        rf"can u|i need you to|i want you to|i'd like you to),? ){{0,3}}{_VERBS}\b"
    ),
    strong=phrase(
        r"(?:please )?(?:summari[sz]e|translate|draft|write|list|calculate|compute|create|generate|suggest|recommend|propose|"
        r"rank|compare|estimate|give (?:me|us)|show (?:me|us)|tell me|describe|name|outline|mark|turn|prepare)\b"
    ),
    request=phrase(
        r"(?:(?:i|we)(?:'d| would)?(?: also)? (?:like|want|need|love) (?:to (?:know|understand|find out|ask)|you to|help)|"
        r"i(?:'m| am| was)?(?: also| just)? wonder|(?:i'm |i am |we're )?(?:also )?not sure (?:how|what|whether|if|which|where|when|who|why)|"
        r"(?:i|we) (?:don't|dont|do not) (?:know|understand) (?:how|what|whether|if|which|where|when|who|why)|"
        r"need (?:help|advice|the|a|an|some|to know)\b|looking for|(?:i'm |i am )?curious|(?:things|stuff|items|what) (?:we|i) (?:still )?need|no (?:idea|clue) (?:how|what|which|where|when|who|why)|"
        r"(?:my|the|another|one more|quick|dumb|last|next) (?:other |last |first |second |quick )?(?:question|q) (?:is|maybe|but|about|would))"
    ),
    head=phrase(
        rf"(?:(?:and |also |please )*(?:(?:can|could|would|will) (?:you|someone|anyone|anybody|somebody)(?: please| maybe| also)* "
        r"(?:tell|explain|show|help|remind|describe|let|say|check|clarify)(?: (?:to )?(?:me|us))?(?: know)?|(?:do|does) (?:you|anyone|"
        r"anybody|someone) (?:happen to )?(?:know|remember|understand)|(?:please )?(?:tell|explain|show|describe|remind|clarify|let)"
        r"(?: to)?(?: me| us)?(?: know)?|i(?:'d| would) like to (?:know|understand)|i want(?:ed)? to (?:know|understand|ask)|"
        r"i(?:'m| am)? wonder(?:ing)?|i need to know|any(?:one)? idea|not sure|find out|check))[,:]? "
        rf"(?={_WH}|if |whether )"
    ),
    opening=phrase(
        r"(?:if|unless|provided|assuming|supposing|based|using|when|whenever|while|after|before|once|until|as|since|because|given|for|in|on|at|with|without|regarding|about|concerning|besides|between|from|under|during|according|to|instead)\b[^,;:?!]{0,120}[,;:] ?(?:then |please |just |and |also |pls )*"
    ),
    condition=phrase(r"(?:if|unless|provided|assuming|supposing|in case|when)(?: that)?\b"),
    marker=phrase(
        r"(?:(?:and also|and then|and|also|plus|but also|but|btw|by the way|oh and|oh|so|ok so|ok|okay|well|hey|yo|hi|hello|"
        r"additionally|besides|furthermore|moreover|in addition|separately|unrelated|on another note|another (?:thing|question)|"
        r"one more (?:thing|question)|quick (?:q|question)|last(?:ly)?|finally|next|first(?:ly)?|second(?:ly)?|third(?:ly)?|"
        r"lol)\b[,:;!]*(?: |$))+"
    ),
    breaks=phrase(
        rf"{_ASIDE}|(?:[,;] ?| ?[-–—] ?| )(?:and|plus|also|as well as|but)(?: also| then| by the way| secondly| finally|,)? |"
        r"; ?|, | "
    ),
    aside=phrase(_ASIDE),
    holding=phrase(
        r"\b(?:differen(?:ce|t|ces) (?:between|from)|compar(?:e|ed|ing|ison)|versus|vs|distinguish|between what|either|what to do and|"
        r"if (?:a|an|the|my|our|some)?\s?\w+ (?:asks?|calls? and asks?|wonders?|wants? to know)|asks? (?:me |us |him |her |them )?(?:who|what|why|how|when|where))\b"
    ),
    follow=phrase(
        r"(?:(?:and|but|or|so|also) )?(?:then (?!tell|explain (?:what|how|why|who)|let|what|who|where|when|which|how|is|are|do|does|can)|if (?:not|so|yes|no|it (?:is|isn't|does|doesn't|was|wasn't|would|wouldn't|can|can't|has|hasn't)|"
        r"they (?:are|aren't|do|don't|did|didn't)|we (?:are|aren't|do|don't|can|can't|may|must)|i (?:can|can't|do|don't|may|must|am)|that)"
        r"(?=[ ,;:.?]|$)(?! \w+ (?:the|a|an|my|our)\b)|"
        r"otherwise|else\b|in (?:that|this|such a|which) case|should (?:it|they|that|this|he|she)\b|why(?: not| so| is that| that)?[?!.]*$|"
        r"how (?:so|come)[?!.]*$|same (?:for|with|question)|vice versa|and (?:in|for|on|at|with|from|to|after|before) [^?]*\?)"
    ),
    result=phrase(
        r"\b(?:based on (?:that|this|it|your|the|these|those)|given (?:that|this|these|those)(?=[ ,])|which (?:one|ones|of (?:these|those|them|the (?:two|three|four|five|"
        r"options|results|above)))|(?:one|any|some|all|none|each|either|neither|most|both) of (?:these|those|them)|of the(?:se|m)\b|"
        r"(?:the|your|that|this|these|those) (?:result|results|outcome|output|answer|answers|suggestions?|recommendations?|above)\b|"
        r"(?<!can )(?<!could )(?<!would )(?<!do )(?<!will )(?:you|you've|you have) (?:just )?(?:name|named|list|listed|suggest|suggested|choose|chose|chosen|pick|picked|recommend|recommended|found|mention|mentioned|propose|proposed)\b|"
        r"the (?:former|latter)|(?:that|this|so) (?:many|much)\b|according(?:ly)? to (?:that|this)|using (?:that|this|these|those)\b|in light of|from (?:that|those|these) (?:list|results?))"
    ),
    versus=phrase(
        r"(?:^|\b(?:and|so|but) )(?:which|what|who)(?: one| of the (?:two|three)| option)?(?: is|'s| are| was| would be| should i| do you)? ?(?:\w+er|better|best|"
        r"worse|more \w+|less \w+|the \w+est|prefer|choose|pick)\b(?: overall| then| in total)?[?!. ]*$|\bhow do (?:they|the two|both|these) (?:compare|differ)"
    ),
    about=phrase(r"(?:(?:and|so|but|ok) )?(?:what|how) about\b"),
    seeking=phrase(
        r"^(?:\W*(?:and|also|please|then|so|pls|can you|could you|would you|now|first|second)[, ]+)*(?:who(?:'?s|se)?\b|"
        r"(?:which|what|how many|what kind of|what sort of) (?!(?:is|are|was|were|does|do|did|can|could|should|would|will|has|have|had|about|if|happens|went|to|s|could)\b)\w+|"
        r"what(?:'s| is| are| would be| could be) (?:a|an|the (?:best|most|cheapest|fastest|easiest|largest|smallest|main|next)) |"
        r"(?:write|draft|create|generate|make|compose|design|build|calculate|compute|list|suggest|propose|recommend|pick|choose|find|name|"
        r"plan|outline|sketch|prepare|brainstorm|summari[sz]e|estimate|come up|give me|develop|implement|turn|translate)\b)"
    ),
    made=phrase(
        r"\b(?:(?:which|what)(?: \w+)?|an?|some|any|two|three|four|five|six|seven|eight|nine|ten|\d+|summari[sz]e|the (?:best|cheapest|most \w+|largest)) (\w{4,})"
    ),
    defining=phrase(
        r"(?:(?:and|also|so|ok|then|btw|explain|describe|tell me|please|can you explain)[, ]+)*(?:(?:what|who|when|where)(?:'?s| is| are| was| were) "
        r"(?!it\b|they\b|he\b|she\b|that\b|this\b|these\b|those\b|the\b|there\b|next\b)\S|what do(?:es)? \S+(?: \S+)? (?:mean|do|stand for)|define |explain \S|what \S+(?: \S+)? (?:is|are|means?)\b|translate )"
    ),
    expletive=phrase(
        r"^after (?:that|this),|\b(?:(?:is|was|would|isn't|will|could|might) (?:it|that)(?: be)?(?: still| really| even| also)? (?:ok|okay|possible|legal|allowed|true that|better|cheaper|faster|safe|worth|normal|"
        r"necessary|enough to|a good idea|common|illegal|best|too|better|easier|hard|difficult|fine|required|mandatory|advisable) (?:to|for|that|if|when|\w+ing)|"
        r"what time is it|(?:is|was) it (?:raining|snowing|cold|hot|warm|dark|late|early)|when it(?:'s| is) (?:\d|raining|dark|cold|hot)|when it (?:rains|snows|comes to)|it(?:'s| is| was)(?: \w+)? (?:possible|likely|better|best|important|"
        r"necessary|true|easy|hard|late|\d)|does it (?:matter|make sense)(?= (?:if|whether|to|that))|does it (?:not )?matter|how long does it (?:usually )?take to|it takes|it takes? \w+|make it (?:easier|clear|possible)|takes? it|how is it that|"
        r"that(?='s\b)|(?:is|are|was|were|isn't|aren't|will) there|there(?:'s| is| are| was| were| will| has| must)|keep it\b|worth it|(?<=\w )that (?=(?:i|we|you|he|she|it|they|the|a|an|my|our|your|are|have|has|would|will|can|every|each|people|everyone|\w+s\b)))"
    ),
    clitic=phrase(r"\b(?:(?:a|the) (?:new|good|better|cheaper|similar|second|different|same|used) )?(?<!week )(?<!day )(?<!part )(?<!step )(?<!phase )(?<!number )(?<!level )(?<!year )(?<!room )(?<!no )one(?=[?.!, ]*$)"),
    anaphor=phrase(
        r"(?:\bthis\b(?! (?:year|week|month|morning|evening|afternoon|weekend|time|way|spring|summer|autumn|fall|winter|friday|monday|tuesday|wednesday|thursday|saturday|sunday|one|building|office|company|team|channel|workspace|country|city|floor|department\b))|"
        r"\bthat(?=[?.!,;:]|$)|^that\b|\b(?:is|do|of|if|for|fix|was|did|can|why|does|with|than|like|from|undo|about|could|cause|after|handle|would|should|avoid|change|before|prevent|how|when) that\b(?! (?:i|you|we|he|she|they|it|the|a|an)\b)|\b(?:these|those)\b|\bthere\b(?=[?.!,;: ]*$)|"
        r"\bthis one\b|\bthat one\b|\bone of (?:them|these)\b|\bthe same\b|\bsuch an?\b|\bhow to do so\b|\bdo so\b|\bof each\b|\beach\b(?= (?:have|has|do|does|cost|costs|is|take|takes|get|gets)\b)|\bfor each\b(?=[?.!,]|$)|\bthe (?:two|three|four|others?)\b(?=[?.!, ])|\bthe problem\b|\bthe issue\b|"
        r"\bthe (?:offers|options|candidates|alternatives|steps|rest)\b(?=[?.!,]|$))"
    ),
    whole_list=phrase(
        r"\b(?:which|compare|comparison|differences?|differ|best|rank|sort|order|prioriti[sz]e|choose|pick|decide|combine|between|versus|vs|in common|using|(?:from|out of|made with) (?:these|the following)|"
        r"plan|schedule|cheapest|fastest|fit|together|merge|average|total|sum|group|cluster|odd one)\b"
    ),
    style=phrase(
        r"(?:(?:please|and|but|also|pls)[, ]+)*(?:keep (?:it|them|this|the answers?|your answers?|everything|answers)\b|(?:answer|reply|respond)(?: (?:all|both|them|each|everything))?(?: questions?)? (?:in|with|briefly|shortly|using|within)\b|"
        r"use (?:bullet|plain|simple|british|american|metric|short|at most|no more)|be (?:brief|concise|short|honest|polite)|no (?:jargon|fluff|emojis?|more than)|"
        r"in (?:german|french|english|spanish|plain english|bullet points|simple words)[,. ]*(?:please|pls)?[.! ]*$|short answers?|bullet points|(?:one|two|three) sentences? (?:each|per)|max(?:imum)? \d|under \d+ words|don't (?:use|mention|explain)|do not (?:use|mention))"
    ),
    greeting=greetings(
        r"(?:hi|hello|hey|hiya|howdy|yo|greetings|good (?:morning|afternoon|evening|day)|morning|dear)(?:[ ,]+(?:all|team|everyone|everybody|folks|there|guys|again|you|both|hi|tessera|bot|sir|madam|or|"
        r"colleagues|dear|\ue000\d+\ue001|<@\w+>))*|thanks?(?: you)?(?: (?:so|very|a|you|much|lot|million|in|advance|for|your|the|help|time|all|everyone|again|reading|looking|already|and|have|nice|good|great|day))*|thx|ty|cheers|tia|many thanks|"
        r"(?:best|kind|warm)(?: regards| wishes)?|regards|sincerely|yours(?: \w+)?|please advise|any help (?:is |would be )?(?:much |greatly )?appreciated|much appreciated|appreciate it|hope (?:you are|you're|this finds you|all is|everyone is|you all|you had|everybody had)[^?]*|"
        r"have a (?:nice|good|great|lovely) \w+|me again|happy (?:monday|friday|new year)|lol|ok|okay|so|bye|see you|sorry(?: for[^?]*| to bother[^?]*| in advance)?|how are you(?: \w+){0,2}|what'?s up|how's it going"
    ),
    idle=phrase(
        r"[\W_]*(?:(?:ok|so|hi|hello|please|pls|quick|a|an|two|three|four|five|six|some|few|couple|of|more|other|short|the|my|our|these|those|this|following|next|below|here|are|is|i|i'd|we|have|got|had|need|"
        r"want|would|like|to|ask|know|can|could|you|answer|answers|help|me|us|with|question|questions|qs|q|things?|topics?|points?|ones?|stuff|and|also|first|in|on|for|today|tell|let|following|list|requests?|tasks?|todos?|to-dos?|please|\d+|:)\b[\W_]*)+"
    ),
    dealing=phrase(
        r"\b(?:summari[sz]e|summary|translate|translation|proofread|proof-read|typos?|spelling|grammar|errors?|mistakes?|go(?:es|ing)? wrong|went wrong|fail(?:s|ed|ing|ures?)?|extract|find|list|highlight|explain|analy[sz]e|check|"
        r"review|rewrite|rephrase|shorten|simplify|classify|convert|redact|anonymi[sz]e|key points|main points|tl;?dr|format|reformat|clean up|correct|paraphrase|wrong|problems?|suspicious|unusual|anomal\w+|warnings?|happened|look(?:s)? at)\b"
    ),
    not_dealing=phrase(
        r"\b(?:repl(?:y|ies)|respond|response|answer (?:to|this)|write (?:a|an|me)|draft|title|headline|subject line|what does (?:he|she|this person|the sender) want|turn (?:this|it) into|one sentence|decide|overall|how many|count|average|who wrote)\b"
    ),
    deictic=phrase(
        r"\b(?:this|these|it|here|above|below|following|(?:the|my|our|that) (?:[\w]+ )?(?:log|logs|output|error|trace|traceback|stack ?trace|text|email|e-mail|mail|message|letter|document|doc|article|report|code|function|script|snippet|query|config|configuration|"
        r"file|table|data(?! cent)|list|lines?|quote|paste|dump|section|paragraph|program|class|method|test|job|command|statement|csv|json|yaml|policy|contract|notes|minutes|transcript|thread|carrier|job))\b"
    ),
    relational=phrase(
        r"\b(?:an? |some |any |the )?(?:examples?|alternatives?|pros and cons|advantages|disadvantages|downsides?|drawbacks|"
        r"benefits|side effects|consequences|exceptions?)\b(?! (?:of|for|to|between|when|if|in|that|which))"
    ),
    shift=phrase(
        r"(?:(?:and|oh|so) )?(?:also|separately|unrelated|btw|by the way|on another note|another|besides|other(?:wise)? (?:question|topic)|completely different|different topic|one more|next|plus|oh and|additionally)\b"
    ),
)
