"""The function words of each language, by which it is told and which say nothing about a topic."""

from __future__ import annotations

from bot.fragments.languages.base import words

STOP_WORDS = {
    "en": words(
        "a an the and or but nor so yet if then else than that this these those there here i me my mine myself we "
        "us our ours you your yours he him his she her hers it its they them their theirs who whom whose which "
        "what when where why how is am are was were be been being do does did doing done has have had having can "
        "could should shall would will may might must ought of in on at by for with about against between into "
        "through during before after above below to from up down out off over under again further once all any "
        "both each few more most other some such no not only own same too very s t d ll re ve m don isn aren wasn "
        "weren hasn haven hadn doesn didn couldn shouldn wouldn as until while because since per via also just "
        "please pls plz thanks thank hi hello hey ok okay yes well whats whos wheres whens hows btw lol oh anyone "
        "anybody someone somebody everyone everybody anything something everything nothing now cant dont isnt "
        "whether without within upon ever already still else im ive id thats theres lets let either neither one "
        "ones us vs versus e g"
    ),
    "de": words(
        "der die das des dem den ein eine einer eines einem einen und oder aber doch denn wenn falls als ob dass "
        "weil da damit so sonst ich mir mich mein meine meiner meines meinem meinen wir uns unser unsere unserer "
        "unseres unserem unseren du dir dich dein deine ihr euch euer eure sie ihnen ihre ihrer ihres ihrem ihren "
        "er ihm ihn sein seine seiner seines seinem seinen es man sich ist sind war waren bin bist wäre wären hat "
        "haben habe hatte hatten habt kann können kannst könnt könnte könnten könntet muss müssen darf dürfen soll "
        "sollen sollte sollten will wollen wird werden würde würden wurde wurden worden dieser diese dieses diesem "
        "diesen jener jene jenes von vom zu zum zur mit nach bei beim aus auf an am in im ins um für gegen ohne "
        "über unter vor hinter zwischen durch während seit bis ab was wer wen wem wo woher wohin womit wann warum "
        "wieso weshalb wie welche welcher welches welchem welchen nicht kein keine keinen keiner keinem nur auch "
        "noch schon sehr mehr hier dort jetzt heute immer wieder bitte danke hallo außerdem dann daher also mal "
        "eben etwa alle alles jede jeder jedes jedem jeden etwas nichts viel viele ja nein davon damit dafür dazu "
        "daran darauf darüber ach übrigens eigentlich denn ob zusammen sowie bzw gibt gilt gelten geht gern gerne "
        "selbst per pro je"
    ),
    "fr": words(
        "le la les l un une des du de d au aux et ou mais donc or ni car si que qui quoi dont où quand comment "
        "pourquoi combien quel quelle quels quelles lequel laquelle lesquels lesquelles je j me m moi mon ma mes "
        "nous notre nos tu te t toi ton ta tes vous votre vos il elle on se s lui leur leurs ils elles son sa ses "
        "ce c cet cette ces cela ça ceci y en ne n pas plus moins très aussi est sont suis es êtes sommes était "
        "étaient être été soit ai as a avons avez ont avait avoir eu peut peux peuvent pouvez pouvons pourrait "
        "pourriez puis doit dois doivent devez devons devrait faut falloir fait faire font dans sur sous avec sans "
        "pour par vers chez entre depuis pendant avant après jusque jusqu contre selon à qu tout tous toute toutes "
        "même autre autres bien ici là alors ensuite sinon oui non merci bonjour salut svp quelqu comme lors afin "
        "puisque parce lorsque quelle est-ce cela celui celle ceux celles aujourd hui"
    ),
    "es": words(
        "el la los las lo un una unos unas de del al y e o u pero sino ni si no que qué quien quién quienes cual "
        "cuál cuales cuáles donde dónde cuando cuándo como cómo por para con sin sobre bajo entre hasta desde "
        "hacia según durante antes después tras ante contra en a yo me mi mis mí nosotros nos nuestro nuestra "
        "nuestros nuestras tú te ti tu tus usted ustedes vosotros os vuestro él ella ellos ellas le les se su sus "
        "es son soy eres somos era eran ser sido está están estoy estamos estaba estar estado hay ha han he hemos "
        "había haber puede puedo pueden podemos puedes podría podrías podríamos debe debo deben debemos tiene "
        "tengo tienen tenemos tener hace hacen hacer va van voy vamos fue fueron este esta estos estas ese esa "
        "esos esas eso esto aquello aquel muy más menos también tampoco ya aún todavía aquí ahí allí ahora hoy "
        "entonces además luego sí gracias hola oye todo todos toda todas otro otra otros otras algo alguien nada "
        "nadie cada mismo misma tan tanto cuánto cuánta cuántos cuántas porque pues así solo sólo favor cierto ah "
        "será sea"
    ),
}

CUES = {
    "en": words(
        "explain describe list name write draft define translate compare summarize summarise give show tell answer "
        "calculate find suggest recommend help question questions"
    ),
    "de": words(
        "erkläre beschreibe nenne schreibe definiere übersetze vergleiche fasse gib zeige beantworte berechne "
        "finde frage "
        "fragen"
    ),
    "fr": words(
        "explique expliquez décris nomme écris rédige définis traduis traduisez compare comparez résume donne "
        "donnez montre "
        "réponds calcule trouve propose"
    ),
    "es": words(
        "explica describe nombra escribe redacta define traduce compara resume dame dime muestra responde calcula "
        "busca "
        "sugiere preguntas"
    ),
}
"""Words of tasks, by which a text with hardly any function words is told ("- explain DNS")."""
