"""Addresses, birth dates, organisations, projects, health and places."""

from __future__ import annotations

import pytest

from tests.unit.detecting import found, kinds


@pytest.mark.parametrize(
    "address",
    [
        "060 Ross Vista, Curtisbury, TN 06521",
        "926 Palmer Walks Apt. 131, South Seanborough, GA 62063",
        "743 Rachel Burgs\nNorth Debratown, FM 50466",
        "12 Baker Street",
        "18 Wexford Lane, Portsmouth PO5 2RT",
        "PSC 7310, Box 2204, APO AP 96271",
        "P.O. Box 908, Duluth, MN 55802",
        "Drubinstraße 47-26\n06690 Groß-Gerau",
        "Am Bahnhof 3, 79098 Freiburg",
        "5, avenue Samson\n57583 Briand",
        "3 bis avenue Jean Jaurès, 31000 Toulouse",
        "Calle de Alcalá 120, 3º B, 28009 Madrid",
        "Strada Taliercio, 47\n56011, Gabella (PI)",
        "Gerritsingel 7\n1317 YB\nAlmere",
        "ul. Paderewskiego 77\n61-668 Kołobrzeg",
        "Rua Valentina Mendes, 70\n9241-586 Oliveira",
        "806 Tanya Stream\nMathishaven, NS V7K 3R6",
        "17 Kennedy Laneway\nEast Tony, VIC, 2609",
    ],
)
def test_addresses_of_many_lands_are_found_whole(address):
    text = f"The parcel goes to {address}. Is that right?"
    hidden = [value for kind, value in found(text) if kind == "ADDRESS"]
    assert "\n".join(hidden).startswith(address.removesuffix(" (PI)").removesuffix("\nAlmere"))
    assert not any("\n" in value for value in hidden)


def test_addresses_are_found_by_cue_in_small_letters():
    assert ("ADDRESS", "634 kristy club, scottmouth, in 67578") in found("to 634 kristy club, scottmouth, in 67578 pls")


@pytest.mark.parametrize(
    "text",
    [
        "Room 415 is booked",
        "meeting moved to 3 right?",
        "30 Hour Drive",
        "at 5 Key Points",
        "Windows 11 23H2 build 22631",
    ],
)
def test_other_numbers_with_words_are_no_addresses(text):
    assert "ADDRESS" not in kinds(text)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("DOB 01/01/1983", "01/01/1983"),
        ("born 04 August 1992 here", "04 August 1992"),
        ("date of birth is 13.11.1952", "13.11.1952"),
        ("born on March 3rd, 1980", "March 3rd, 1980"),
        ("geboren am 3. Mai 1980", "3. Mai 1980"),
        ("née le 3 mai 1980", "3 mai 1980"),
        ("nacida el 5 de junio de 1990", "5 de junio de 1990"),
        ("1990-02-03 is her birthday", "1990-02-03"),
        ("I was born in 1984", "1984"),
        ("bday: 3/4/85", "3/4/85"),
    ],
)
def test_birth_dates_are_found_by_cue(text, date):
    assert found(text) == [("BIRTH_DATE", date)]


@pytest.mark.parametrize("text", ["deploy freeze from 2024-12-20", "the meeting is on 12/05/2025"])
def test_other_dates_are_left_alone(text):
    assert found(text) == []


@pytest.mark.parametrize(
    "name",
    [
        "Farrell and Sons",
        "Weihmann AG & Co. OHG",
        "Dupont SARL",
        "Quiroga Hermanos S.A.",
        "Granite Peak Ventures",
        "Brightwater Logistics",
        "Grupo Serrano",
        "Thornbury & Vale LLP",
    ],
)
def test_organisations_are_known_by_form(name):
    assert found(f"why did {name} say no?") == [("ORG", name)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("We ordered 40 chairs from Velmora and two are broken.", "Velmora"),
        ("My shift at Tolvane starts at six, may they change it?", "Tolvane"),
        ("Our shares in Tremaldi lost half their value.", "Tremaldi"),
        ("J'ai un entretien chez Valmorin demain.", "Valmorin"),
        ("Ho un colloquio presso Brendano domani", "Brendano"),
        ("Tengo una entrevista en Cordalia mañana", "Cordalia"),
        ("Falkirk Joiners never sent the quote", "Falkirk Joiners"),
        ("Pépinières Lagarde nous doit 300 euros", "Pépinières Lagarde"),
        ("Falegnameria Bresolin non risponde", "Falegnameria Bresolin"),
        ("Bitte zahle an die Sanitätshaus Ostermoor", "Sanitätshaus Ostermoor"),
    ],
)
def test_organisations_are_known_by_relation_and_trade(text, name):
    assert found(text) == [("ORG", name)]


def test_organisations_are_known_by_cue():
    assert found("our client Blue Harbor is unhappy") == [("ORG", "Blue Harbor")]
    assert found("die rechnung von zanella gmbh fehlt") == [("ORG", "zanella gmbh")]


@pytest.mark.parametrize(
    "text",
    [
        "compare Python, Java and Rust",
        "he works at Google",
        "our vendor Microsoft raised prices",
        "Customer Success and Human Resources",
        "SARL et SAS",
        "Is Deutsche Bank bigger than Wells Fargo?",
        "Der Kunde hat die Rechnung nicht bezahlt",
        "the Reduced Z Scores of the study",
        "a building contract for Small Works over 20,000 dollars",
    ],
)
def test_vendors_and_departments_are_left_alone(text):
    assert "ORG" not in kinds(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("the contract with Baltic Timber Supply is signed", "Baltic Timber Supply"),
        ("the card on file for lakeshore dental group got declined", "lakeshore dental group"),
        ("paid delaney plumbing twice", "delaney plumbing"),
        ("Our loan from Harbour Street Partners ends", "Harbour Street Partners"),
        ("Przelew dla Zakłady Meblowe Jodła na konto", "Zakłady Meblowe Jodła"),
        ("virement pour Menuiserie Castagné refusé", "Menuiserie Castagné"),
        ("son dossier Vallombreuse Assurances ?", "Vallombreuse Assurances"),
        ("O cliente Padaria Estrela do Norte reclamou", "Padaria Estrela do Norte"),
        ("Auftrag von Spedition Kröger storniert", "Spedition Kröger"),
        ("invoice from Harrow & Finch Catering came", "Harrow & Finch Catering"),
        ("Senior Buyer, Kestrel Precision Castings", "Kestrel Precision Castings"),
        ("Operations Director | Larkfield Packaging", "Larkfield Packaging"),
    ],
)
def test_businesses_are_known_by_trade_and_signature(text, name):
    assert found(text) == [("ORG", name)]


@pytest.mark.parametrize(
    "text",
    [
        "health insurance for freelancers, with home insurance and free shipping",
        "best accounting software for small consulting firms",
        "our supply chain, a dental plan and a contracting job",
        "at customer support, from the legal team",
        "Parental Controls, Developer Tools and Google Books",
        "Microsoft Financial Services and AWS Professional Services",
        "Customer Data Platform",
        "Senior Engineer, Platform Team",
        "Director of Engineering, Product and Design",
        "Warum ist die Lieferung der Möbel so teuer?",
        "una farmacia de guardia, un taller de pintura",
        "een garage in Utrecht, een bakkerij in Gent",
    ],
)
def test_trades_as_topics_are_left_alone(text):
    assert "ORG" not in kinds(text)


def test_an_organisation_after_a_person_is_kept_apart():
    assert found("ask Maria Keller of Ellery and Sons") == [("PERSON", "Maria Keller"), ("ORG", "Ellery and Sons")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("about project Kestrel now", "project Kestrel"),
        ("Project Red Oak launch", "Project Red Oak"),
        ("codename Tidewater is out", "codename Tidewater"),
        ("the code name for the merger is Halcyon.", "Halcyon"),
        ("an initiative called Blue Lantern", "Blue Lantern"),
    ],
)
def test_projects_are_known_by_cue(text, name):
    assert found(text) == [("PROJECT", name)]


@pytest.mark.parametrize(
    "text", ["a project manager", "Project Management for Dummies", "the project is planning work"]
)
def test_talk_about_projects_is_left_alone(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("my wife has epilepsy", "epilepsy"),
        ("she had a miscarriage", "a miscarriage"),
        ("he is in treatment for opioid addiction", "opioid addiction"),
        ("I was diagnosed with Zellweger", "Zellweger"),
        ("Mein Kollege hat Brustkrebs", "Brustkrebs"),
        ("my son has ADD", "ADD"),
        ("Ma sœur souffre d'asthme depuis un an.", "asthme"),
        ("Mia sorella ha l’asma.", "asma"),
    ],
)
def test_health_is_hidden_where_a_person_is_concerned(text, term):
    assert ("MEDICAL", term) in found(text)


@pytest.mark.parametrize(
    "text", ["Diabetes dataset from sklearn", "what is epilepsy?", "please add me", "diagnosed as a network error"]
)
def test_health_as_a_topic_is_left_alone(text):
    assert "MEDICAL" not in kinds(text)


def test_places_identify_nobody():
    assert found("I live in Leeds, is that far?") == []
    assert found("Berlin, Paris or Madrid: which region?") == []
