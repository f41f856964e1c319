// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/region_names.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace linchpin {
namespace {

struct Country {
  std::string_view code;
  std::string_view name;
};

// ISO 3166-1 alpha-3, sorted by code; short English names. REU (Réunion) is left out: in every
// table it means "rest of the European Union".
constexpr std::array<Country, 218> countries{{
    {"ABW", "Aruba"},
    {"AFG", "Afghanistan"},
    {"AGO", "Angola"},
    {"AIA", "Anguilla"},
    {"ALB", "Albania"},
    {"AND", "Andorra"},
    {"ARE", "United Arab Emirates"},
    {"ARG", "Argentina"},
    {"ARM", "Armenia"},
    {"ASM", "American Samoa"},
    {"ATA", "Antarctica"},
    {"ATG", "Antigua and Barbuda"},
    {"AUS", "Australia"},
    {"AUT", "Austria"},
    {"AZE", "Azerbaijan"},
    {"BDI", "Burundi"},
    {"BEL", "Belgium"},
    {"BEN", "Benin"},
    {"BES", "Bonaire, Sint Eustatius and Saba"},
    {"BFA", "Burkina Faso"},
    {"BGD", "Bangladesh"},
    {"BGR", "Bulgaria"},
    {"BHR", "Bahrain"},
    {"BHS", "Bahamas"},
    {"BIH", "Bosnia and Herzegovina"},
    {"BLR", "Belarus"},
    {"BLZ", "Belize"},
    {"BMU", "Bermuda"},
    {"BOL", "Bolivia"},
    {"BRA", "Brazil"},
    {"BRB", "Barbados"},
    {"BRN", "Brunei"},
    {"BTN", "Bhutan"},
    {"BWA", "Botswana"},
    {"CAF", "Central African Republic"},
    {"CAN", "Canada"},
    {"CHE", "Switzerland"},
    {"CHL", "Chile"},
    {"CHN", "China"},
    {"CIV", "Côte d'Ivoire"},
    {"CMR", "Cameroon"},
    {"COD", "Democratic Republic of the Congo"},
    {"COG", "Congo"},
    {"COK", "Cook Islands"},
    {"COL", "Colombia"},
    {"COM", "Comoros"},
    {"CPV", "Cabo Verde"},
    {"CRI", "Costa Rica"},
    {"CUB", "Cuba"},
    {"CUW", "Curaçao"},
    {"CYM", "Cayman Islands"},
    {"CYP", "Cyprus"},
    {"CZE", "Czechia"},
    {"DEU", "Germany"},
    {"DJI", "Djibouti"},
    {"DMA", "Dominica"},
    {"DNK", "Denmark"},
    {"DOM", "Dominican Republic"},
    {"DZA", "Algeria"},
    {"ECU", "Ecuador"},
    {"EGY", "Egypt"},
    {"ERI", "Eritrea"},
    {"ESP", "Spain"},
    {"EST", "Estonia"},
    {"ETH", "Ethiopia"},
    {"FIN", "Finland"},
    {"FJI", "Fiji"},
    {"FRA", "France"},
    {"FRO", "Faroe Islands"},
    {"FSM", "Micronesia"},
    {"GAB", "Gabon"},
    {"GBR", "United Kingdom"},
    {"GEO", "Georgia"},
    {"GHA", "Ghana"},
    {"GIB", "Gibraltar"},
    {"GIN", "Guinea"},
    {"GLP", "Guadeloupe"},
    {"GMB", "Gambia"},
    {"GNB", "Guinea-Bissau"},
    {"GNQ", "Equatorial Guinea"},
    {"GRC", "Greece"},
    {"GRD", "Grenada"},
    {"GRL", "Greenland"},
    {"GTM", "Guatemala"},
    {"GUF", "French Guiana"},
    {"GUM", "Guam"},
    {"GUY", "Guyana"},
    {"HKG", "Hong Kong"},
    {"HND", "Honduras"},
    {"HRV", "Croatia"},
    {"HTI", "Haiti"},
    {"HUN", "Hungary"},
    {"IDN", "Indonesia"},
    {"IND", "India"},
    {"IRL", "Ireland"},
    {"IRN", "Iran"},
    {"IRQ", "Iraq"},
    {"ISL", "Iceland"},
    {"ISR", "Israel"},
    {"ITA", "Italy"},
    {"JAM", "Jamaica"},
    {"JOR", "Jordan"},
    {"JPN", "Japan"},
    {"KAZ", "Kazakhstan"},
    {"KEN", "Kenya"},
    {"KGZ", "Kyrgyzstan"},
    {"KHM", "Cambodia"},
    {"KIR", "Kiribati"},
    {"KNA", "Saint Kitts and Nevis"},
    {"KOR", "South Korea"},
    {"KWT", "Kuwait"},
    {"LAO", "Laos"},
    {"LBN", "Lebanon"},
    {"LBR", "Liberia"},
    {"LBY", "Libya"},
    {"LCA", "Saint Lucia"},
    {"LIE", "Liechtenstein"},
    {"LKA", "Sri Lanka"},
    {"LSO", "Lesotho"},
    {"LTU", "Lithuania"},
    {"LUX", "Luxembourg"},
    {"LVA", "Latvia"},
    {"MAC", "Macao"},
    {"MAR", "Morocco"},
    {"MCO", "Monaco"},
    {"MDA", "Moldova"},
    {"MDG", "Madagascar"},
    {"MDV", "Maldives"},
    {"MEX", "Mexico"},
    {"MHL", "Marshall Islands"},
    {"MKD", "North Macedonia"},
    {"MLI", "Mali"},
    {"MLT", "Malta"},
    {"MMR", "Myanmar"},
    {"MNE", "Montenegro"},
    {"MNG", "Mongolia"},
    {"MOZ", "Mozambique"},
    {"MRT", "Mauritania"},
    {"MTQ", "Martinique"},
    {"MUS", "Mauritius"},
    {"MWI", "Malawi"},
    {"MYS", "Malaysia"},
    {"NAM", "Namibia"},
    {"NCL", "New Caledonia"},
    {"NER", "Niger"},
    {"NGA", "Nigeria"},
    {"NIC", "Nicaragua"},
    {"NLD", "Netherlands"},
    {"NOR", "Norway"},
    {"NPL", "Nepal"},
    {"NRU", "Nauru"},
    {"NZL", "New Zealand"},
    {"OMN", "Oman"},
    {"PAK", "Pakistan"},
    {"PAN", "Panama"},
    {"PER", "Peru"},
    {"PHL", "Philippines"},
    {"PLW", "Palau"},
    {"PNG", "Papua New Guinea"},
    {"POL", "Poland"},
    {"PRI", "Puerto Rico"},
    {"PRK", "North Korea"},
    {"PRT", "Portugal"},
    {"PRY", "Paraguay"},
    {"PSE", "Palestine"},
    {"PYF", "French Polynesia"},
    {"QAT", "Qatar"},
    {"ROU", "Romania"},
    {"RUS", "Russia"},
    {"RWA", "Rwanda"},
    {"SAU", "Saudi Arabia"},
    {"SDN", "Sudan"},
    {"SEN", "Senegal"},
    {"SGP", "Singapore"},
    {"SLB", "Solomon Islands"},
    {"SLE", "Sierra Leone"},
    {"SLV", "El Salvador"},
    {"SMR", "San Marino"},
    {"SOM", "Somalia"},
    {"SRB", "Serbia"},
    {"SSD", "South Sudan"},
    {"STP", "São Tomé and Príncipe"},
    {"SUR", "Suriname"},
    {"SVK", "Slovakia"},
    {"SVN", "Slovenia"},
    {"SWE", "Sweden"},
    {"SWZ", "Eswatini"},
    {"SYC", "Seychelles"},
    {"SYR", "Syria"},
    {"TCA", "Turks and Caicos Islands"},
    {"TCD", "Chad"},
    {"TGO", "Togo"},
    {"THA", "Thailand"},
    {"TJK", "Tajikistan"},
    {"TKM", "Turkmenistan"},
    {"TLS", "Timor-Leste"},
    {"TON", "Tonga"},
    {"TTO", "Trinidad and Tobago"},
    {"TUN", "Tunisia"},
    {"TUR", "Türkiye"},
    {"TUV", "Tuvalu"},
    {"TWN", "Taiwan"},
    {"TZA", "Tanzania"},
    {"UGA", "Uganda"},
    {"UKR", "Ukraine"},
    {"URY", "Uruguay"},
    {"USA", "United States"},
    {"UZB", "Uzbekistan"},
    {"VCT", "Saint Vincent and the Grenadines"},
    {"VEN", "Venezuela"},
    {"VGB", "British Virgin Islands"},
    {"VNM", "Viet Nam"},
    {"VUT", "Vanuatu"},
    {"WSM", "Samoa"},
    {"YEM", "Yemen"},
    {"ZAF", "South Africa"},
    {"ZMB", "Zambia"},
    {"ZWE", "Zimbabwe"},
}};

static_assert(std::is_sorted(countries.begin(), countries.end(),
                             [](Country const& a, Country const& b) { return a.code < b.code; }));

struct ShortCode {
  std::string_view two_letters;
  std::string_view code;
};

// ISO 3166-1 alpha-2 (with Eurostat's EL and UK), of the countries in FIGARO and EXIOBASE: other
// two-letter labels may mean anything.
constexpr std::array<ShortCode, 48> short_codes{{
    {"AR", "ARG"}, {"AT", "AUT"}, {"AU", "AUS"}, {"BE", "BEL"}, {"BG", "BGR"}, {"BR", "BRA"},
    {"CA", "CAN"}, {"CH", "CHE"}, {"CN", "CHN"}, {"CY", "CYP"}, {"CZ", "CZE"}, {"DE", "DEU"},
    {"DK", "DNK"}, {"EE", "EST"}, {"EL", "GRC"}, {"ES", "ESP"}, {"FI", "FIN"}, {"FR", "FRA"},
    {"GB", "GBR"}, {"GR", "GRC"}, {"HR", "HRV"}, {"HU", "HUN"}, {"ID", "IDN"}, {"IE", "IRL"},
    {"IN", "IND"}, {"IT", "ITA"}, {"JP", "JPN"}, {"KR", "KOR"}, {"LT", "LTU"}, {"LU", "LUX"},
    {"LV", "LVA"}, {"MT", "MLT"}, {"MX", "MEX"}, {"NL", "NLD"}, {"NO", "NOR"}, {"PL", "POL"},
    {"PT", "PRT"}, {"RO", "ROU"}, {"RU", "RUS"}, {"SA", "SAU"}, {"SE", "SWE"}, {"SI", "SVN"},
    {"SK", "SVK"}, {"TR", "TUR"}, {"TW", "TWN"}, {"UK", "GBR"}, {"US", "USA"}, {"ZA", "ZAF"},
}};

// Rests of continents in EXIOBASE.
constexpr std::array<Country, 5> rests{{{"WA", "Rest of Asia and Pacific"},
                                        {"WE", "Rest of Europe"},
                                        {"WF", "Rest of Africa"},
                                        {"WL", "Rest of America"},
                                        {"WM", "Rest of Middle East"}}};

constexpr std::array<std::string_view, 4> rest_of_world{"ROW", "RoW", "WWW", "FIGW1"};

}  // namespace

RegionLabel describe_region(std::string const& label) {
  if (std::find(rest_of_world.begin(), rest_of_world.end(), label) != rest_of_world.end()) {
    return {label, "Rest of world", {}};
  }
  for (auto const& rest : rests) {
    if (rest.code == label) return {label, std::string{rest.name}, {}};
  }
  std::string_view code = label == "ROM" ? std::string_view{"ROU"} : std::string_view{label};
  for (auto const& each : short_codes) {
    if (each.two_letters == label) code = each.code;
  }
  auto const* match = std::lower_bound(
      countries.begin(), countries.end(), code,
      [](Country const& country, std::string_view wanted) { return country.code < wanted; });
  if (match == countries.end() || match->code != code) return {label, label, {}};
  return {label, std::string{match->name}, {std::string{code}}};
}

}  // namespace linchpin
