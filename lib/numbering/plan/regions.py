"""Regions of the world, as `.region` names them, and the countries in them by their ISO 3166-1 codes.

Wide enough for a policy, narrow enough to tell where calls are sold: the islands whose numbers look
like those of North America are the Caribbean, and those of the Pacific are not Australia.
"""

REGIONS = {
    "north_america": "US CA BM GL PM",
    "caribbean": "AG AI AW BB BL BQ BS CU CW DM DO GD GP HT JM KN KY LC MF MQ MS PR SX TC TT VC VG VI",
    "central_america": "BZ CR GT HN MX NI PA SV",
    "south_america": "AR BO BR CL CO EC FK GF GY PE PY SR UY VE",
    "europe": "AD AL AT AX BA BE BG BY CH CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI LT LU"
              " LV MC MD ME MK MT NL NO PL PT RO RS RU SE SI SJ SK SM UA VA XK",
    "africa": "AC AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW IO KE KM LR LS LY MA"
              " MG ML MR MU MW MZ NA NE NG RE RW SC SD SH SL SN SO SS ST SZ TA TD TG TN TZ UG YT ZA ZM ZW",
    "west_asia": "AE AM AZ BH CY GE IL IQ JO KW LB OM PS QA SA SY TR YE",
    "central_asia": "KG KZ TJ TM UZ",
    "south_asia": "AF BD BT IN IR LK MV NP PK",
    "east_asia": "CN HK JP KP KR MN MO TW",
    "southeast_asia": "BN ID KH LA MM MY PH SG TH TL VN",
    "oceania": "AU CC CX NZ",
    "pacific": "AS CK FJ FM GU KI MH MP NC NF NR NU PF PG PW SB TK TO TV VU WF WS",
    "world": "001",
}


def region_of():
    """The region of each country."""
    regions = {}
    for region, countries in REGIONS.items():
        for country in countries.split():
            if country in regions:
                raise ValueError(f"{country} stands in {regions[country]} and {region}")
            regions[country] = region
    return regions
