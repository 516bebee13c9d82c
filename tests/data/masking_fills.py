"""Made-up values for the masking sets: what the tuning set uses and what is kept aside have nothing in common."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fills:
    """Names, streets and words of one set; numbers, keys and passwords are computed from the seed."""

    people: tuple[tuple[str, str], ...]
    orgs: tuple[str, ...]
    projects: tuple[str, ...]
    streets: tuple[str, ...]
    german: tuple[str, ...]
    french: tuple[str, ...]
    spanish: tuple[str, ...]
    lines: tuple[str, ...]
    medical: tuple[str, ...]
    passwords: tuple[str, ...]
    hosts: tuple[str, ...]


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    """Split `Given Family; Given Family` at the last blank of each."""
    return tuple((given, family) for given, _, family in (name.strip().partition(" ") for name in text.split(";")))


TUNE = Fills(
    people=_pairs(
        "Abigail Thornbury; Oyelaran Adebayo; Giulia Bertolini; Henrik Solberg; Marta Wiśniewska; Kofi Asante; "
        "Chiara Ferrari; "
        "Dmitri Volkov; Priyanka Raghavan; Joaquín Etxeberria; Anneliese Krüger; Tobias Hufnagel; Yasmin Al-Khatib; "
        "Mei Zhang; "
        "Sean O'Leary; Siobhán Ní Bhriain; Lars van den Heuvel; Emeka Okonkwo; Fatma Yıldız; Rui Figueiredo; Zsófia "
        "Horváth; "
        "Petr Novotný; Ines Carvalho; Takeshi Watanabe; Soo-jin Park; Thandeka Mbeki; Brandon Lightfoot; Kaitlyn "
        "Mosley; "
        "Will Hargrove; May Lindqvist; Rose Pemberton; Hope Castellanos; Mark Ellery; Grace Whitlock; Jean-Luc "
        "Marchand; "
        "Aurélie Fontaine; Camille Lefèvre; Mateusz Dąbrowski; Ahmed El-Sayed; Noor Rahman; Vikram Chaudhary; "
        "Esperanza Quiroga; "
        "Stefano De Luca; Ulrike von Rosenberg; Elif Demirtaş; Bogdan Ionescu; Jovana Petrović; Eero Virtanen; "
        "Björk Jónsdóttir; "
        "Declan Murtagh; Nia Llewellyn; Xavier Boudreaux; Tamsin Ackroyd; Hamish MacGregor; Rosalind Achterberg; "
        "Ngozi Umeh"
    ),
    orgs=(
        "Brightwater Logistics",
        "Thornbury & Vale LLP",
        "Pike Harlow Group",
        "Kestrel Foods Inc.",
        "Okafor Holdings",
        "Dunmore Ltd",
        "Castell, Voss and Iyer",
        "Rahman-Whitlock",
        "Ellery and Sons",
        "Quiroga Hermanos S.A.",
        "Solberg Marine AS",
        "Harbour Lane Dental",
        "Novotny Tech s.r.o.",
        "Sable Ridge Capital",
    ),
    projects=("Nightjar", "Copper Finch", "Marigold", "Halcyon", "Blue Lantern", "Tundra"),
    streets=(
        "18 Wexford Lane, Portsmouth PO5 2RT",
        "2207 Larkspur Avenue, Boise, ID 83702",
        "Flat 4, 91 Cathedral Road, Cardiff CF11 9LL",
        "560 N Juniper St Apt 12, Fresno, CA 93701",
        "7 Old Mill Close, Ely, CB7 4QX",
        "PO Box 3312, Tulsa, OK 74101",
        "1450 Elm Ridge Drive, Suite 210, Plano, TX 75075",
        "33 Bellevue Terrace, Edinburgh EH7 4DP",
        "Unit 8803 Box 4411, DPO AE 09498",
        "12 Kowhai Street, Wellington 6011",
    ),
    german=(
        "Lindenstraße 44, 50674 Köln",
        "Am Bahnhof 3, 79098 Freiburg",
        "Goethestr. 17a, 04109 Leipzig",
        "Kastanienallee 82, 10435 Berlin",
    ),
    french=(
        "14 rue des Lilas, 69003 Lyon",
        "3 bis avenue Jean Jaurès, 31000 Toulouse",
        "27, boulevard Voltaire, 75011 Paris",
        "8 place de la République, 35000 Rennes",
    ),
    spanish=(
        "Calle de Alcalá 120, 3º B, 28009 Madrid",
        "Avenida Diagonal 401, 08008 Barcelona",
        "Plaza Nueva 7, 41001 Sevilla",
    ),
    lines=(
        "18 Wexford Lane\nPortsmouth\nPO5 2RT",
        "2207 Larkspur Avenue\nBoise, ID 83702",
        "Lindenstraße 44\n50674 Köln",
        "14 rue des Lilas\n69003 Lyon",
        "Flat 9\nHeron Court\nNewport\nNP20 1AB",
    ),
    medical=(
        "multiple sclerosis",
        "asthma",
        "breast cancer",
        "panic attacks",
        "Crohn's disease",
        "a miscarriage",
        "epilepsy",
        "knee surgery",
        "high blood pressure",
        "ADHD",
    ),
    passwords=(
        "Winter!2024",
        "correct-horse-7",
        "x9#Lk2pQ",
        "Sommer2023$",
        "tr0ub4dor&3",
        "P@ssw0rd99",
        "green.tea.42",
        "7hG!kk02z",
        "Malaga*1988",
        "zebra_Lamp_31",
    ),
    hosts=(
        "thornbury.co.uk",
        "kestrelfoods.com",
        "mail.dunmore.ie",
        "wanadoo.fr",
        "gmx.de",
        "outlook.com",
        "example.org",
        "sub.city-hall.gov",
    ),
)

CHECK = Fills(
    people=_pairs(
        "Beatrix Ollivander; Kwabena Osei; Francesca Morandi; Sigurd Halvorsen; Agnieszka Kowalczyk; Chukwuma Eze; "
        "Luca Santangelo; Irina Sokolova; "
        "Deepika Venkataraman; Íñigo Zubizarreta; Waltraud Schönfelder; Benedikt Obermaier; Rania Haddad; Xiaoming "
        "Liu; Fionnuala Gallagher; Cormac Devlin; "
        "Pieter de Groot; Adaobi Nwachukwu; Burak Özdemir; Leonor Vasconcelos; Gergely Szabó; Tereza Dvořáková; "
        "Tomás Albuquerque; Haruka Nakajima; "
        "Min-ho Choi; Sipho Dlamini; Tyler Abernathy; Mackenzie Stroud; Bill Farnsworth; June Osterman; Ivy "
        "Cavendish; Faith Delacroix; Art Vandermeer; "
        "Joy Sutherland; Marie-Claire Dubois; Thibault Garnier; Margaux Roussel; Przemysław Zając; Mahmoud Darwish; "
        "Leila Benali; Arvind Krishnamurthy; "
        "Guadalupe Villanueva; Alessandro Di Stefano; Friederike von Hohenfels; Cem Karaca; Ruxandra Popescu; "
        "Milica Jovanović; Aino Korhonen; Guðrún Einarsdóttir; "
        "Ciarán McAllister; Rhiannon Pryce; Antoine Thibodeaux; Imogen Blackwood; Callum Ferguson; Wilhelmina "
        "Oosterhuis; Folasade Bankole; Jesse Running; Dana Whitfield"
    ),
    orgs=(
        "Silverline Freight",
        "Abernathy Stroud LLP",
        "Morandi Group",
        "Larkfield Organics Ltd.",
        "Haddad Trading LLC",
        "Ferguson Plc",
        "Pryce, Devlin and Roussel",
        "Osterman-Farnsworth",
        "Cavendish and Sons",
        "Villanueva e Hijos S.L.",
        "Halvorsen Shipping AS",
        "Northgate Veterinary",
        "Zając Sp. z o.o.",
        "Granite Peak Ventures",
    ),
    projects=("Saltmarsh", "Iron Heron", "Periwinkle", "Obsidian", "Quiet Harbor", "Foxglove"),
    streets=(
        "5 Tannery Row, Norwich NR3 1HL",
        "918 Cottonwood Drive, Helena, MT 59601",
        "Flat 2B, 14 Marchmont Crescent, Glasgow G12 8PP",
        "4411 W Magnolia Blvd Unit 6, Burbank, CA 91505",
        "21 Weavers Yard, York, YO1 7LN",
        "P.O. Box 908, Duluth, MN 55802",
        "77 Fox Hollow Court, Suite 3, Macon, GA 31201",
        "9 Inverleith Place, Edinburgh EH3 5QE",
        "PSC 7310, Box 2204, APO AP 96271",
        "3 Banksia Grove, Hobart TAS 7000",
    ),
    german=(
        "Rosenweg 12, 80331 München",
        "An der Mühle 5, 37073 Göttingen",
        "Schillerstr. 9, 70173 Stuttgart",
        "Bergmannallee 101, 45128 Essen",
    ),
    french=(
        "22 rue du Moulin, 44000 Nantes",
        "5 ter impasse des Cerisiers, 13008 Marseille",
        "61, cours Gambetta, 34000 Montpellier",
        "9 quai de la Loire, 45000 Orléans",
    ),
    spanish=(
        "Calle Serrano 45, 2º A, 28001 Madrid",
        "Paseo de Gracia 88, 08008 Barcelona",
        "Avenida de la Constitución 3, 18001 Granada",
    ),
    lines=(
        "5 Tannery Row\nNorwich\nNR3 1HL",
        "918 Cottonwood Drive\nHelena, MT 59601",
        "Rosenweg 12\n80331 München",
        "22 rue du Moulin\n44000 Nantes",
        "Studio 3\nMaple lights\nEast Brinton\nBN2 4QT",
    ),
    medical=(
        "lupus",
        "type 2 diabetes",
        "prostate cancer",
        "bulimia",
        "Parkinson's disease",
        "a nervous breakdown",
        "sleep apnea",
        "hip replacement",
        "hepatitis C",
        "postnatal depression",
    ),
    passwords=(
        "Herbst?2025",
        "lemon-kettle-88",
        "qZ7$wm1N",
        "Invierno2022#",
        "m0nkeyB!rd",
        "Adm1n_4ever",
        "blue.sofa.19",
        "4Rt%pp81v",
        "Granada+1492",
        "maple_Drum_56",
    ),
    hosts=(
        "morandi.it",
        "silverline-freight.com",
        "post.pryce.wales",
        "orange.fr",
        "web.de",
        "protonmail.com",
        "example.net",
        "hr.town-council.org.uk",
    ),
)

ASIDE = Fills(
    people=_pairs(
        "Cordelia Haversham; Babajide Ogunleye; Ginevra Castagna; Torbjørn Eikeland; Jadwiga Szymańska; Nnamdi Obi; "
        "Matteo Quaranta; Ludmila Petrenko; Shreya Balasubramanian; "
        "Aitor Mendizabal; Gerlinde Pfefferkorn; Korbinian Aigner; Hanan Mansour; Jianguo Xu; Gráinne Fitzpatrick; "
        "Oisín Kavanagh; Sander Vermeulen; Chiamaka Okorie; Tolga Aksoy; "
        "Matilde Fonseca; Bence Farkas; Radka Procházková; Rodrigo Bettencourt; Kazuki Fujimoto; Ji-woo Kang; "
        "Lindiwe Khumalo; Trevor Haskell; Savannah Pickett; Frank Osgood; April Winslow; "
        "Lily Harcourt; Dean Prescott; Amber Holloway; Max Feldmann; Anne-Sophie Leclerc; Gaspard Meunier; Océane "
        "Perrot; Zbigniew Wróbel; Khalid Bensalem; Yara Khoury; Harpreet Dhillon; "
        "Consuelo Arellano; Domenico La Rocca; Hildegard zu Stolberg; Emine Şahin; Crina Munteanu; Dragana Nikolić; "
        "Veikko Lehtonen; Sigríður Magnúsdóttir; Eamon McGinty; Gwenllian Bowen; "
        "Thierry Arsenault; Philippa Marchbanks; Rory Kinnaird; Cornelis Dijkhuizen; Temitope Alade; Shelby Rivers; "
        "Morgan Castle; Paloma Ibarra; Otis Grady"
    ),
    orgs=(
        "Redfern Haulage",
        "Osgood Pickett LLP",
        "Castagna Group",
        "Meadowlark Bakery Ltd",
        "Mansour Imports LLC",
        "Haskell PLC",
        "Harcourt, Bowen and Grady",
        "Winslow-Prescott",
        "Marchbanks & Sons",
        "Arellano y Asociados S.L.",
        "Eikeland Seafood ASA",
        "Larch Street Clinic",
        "Procházka s.r.o.",
        "Tidewater Bay Partners",
    ),
    projects=("Bramble", "Amber Falcon", "Sandpiper", "Meridian", "Velvet Anchor", "Juniper"),
    streets=(
        "27 Chandlers Wharf, Whitby YO21 3PS",
        "3316 Sycamore Street, Dayton, OH 45402",
        "Flat 11, 6 Belgrave Road, London SW1V 1QA",
        "708 SE Hawthorne Ave Apt 5C, Portland, OR 97214",
        "2 Priory Walk, Bath, BA2 4DR",
        "PO Box 5150, Reno, NV 89513",
        "1999 Quail Run Parkway, Building 4, Mesa, AZ 85210",
        "15 Clarence Crescent, Dublin D04 X2K8",
        "Unit 2207 Box 918, FPO AA 34035",
        "88 Wattle Street, Geelong VIC 3220",
    ),
    german=(
        "Birkenweg 7, 90402 Nürnberg",
        "Zum Alten Hafen 21, 18055 Rostock",
        "Friedrichstraße 230, 10969 Berlin",
        "Uhlandgasse 4b, 72070 Tübingen",
    ),
    french=(
        "40 rue de la Liberté, 21000 Dijon",
        "17 allée des Tilleuls, 67000 Strasbourg",
        "102, avenue du Général Leclerc, 75014 Paris",
        "6 chemin du Lavoir, 38000 Grenoble",
    ),
    spanish=(
        "Calle Larios 9, 29005 Málaga",
        "Calle de la Paz 31, 4º C, 46003 Valencia",
        "Ronda de Segovia 14, 28005 Madrid",
    ),
    lines=(
        "27 Chandlers Wharf\nWhitby\nYO21 3PS",
        "3316 Sycamore Street\nDayton, OH 45402",
        "Birkenweg 7\n90402 Nürnberg",
        "40 rue de la Liberté\n21000 Dijon",
        "Flat 31\nHolly ways\nPort Graham\nG3 8QF",
    ),
    medical=(
        "ulcerative colitis",
        "bipolar disorder",
        "ovarian cancer",
        "agoraphobia",
        "Alzheimer's",
        "a stroke",
        "narcolepsy",
        "a kidney transplant",
        "tuberculosis",
        "an eating disorder",
    ),
    passwords=(
        "Autumn_2019!",
        "paper-tiger-31",
        "vB8&nLq4",
        "Verano*2021",
        "dr4g0nfly?",
        "R00t@home7",
        "red.boat.64",
        "9Ks!tt20w",
        "Toledo#1561",
        "onion_Chair_87",
    ),
    hosts=(
        "redfern-haulage.co.uk",
        "castagna.it",
        "uni-rostock.example",
        "laposte.net",
        "t-online.de",
        "yahoo.com",
        "example.com",
        "staff.riverside.edu",
    ),
)
