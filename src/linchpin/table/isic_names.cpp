// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/isic_names.h"

#include <algorithm>
#include <array>

namespace linchpin {
namespace {

struct Division {
  int number;
  std::string_view name;
};

constexpr std::array divisions{
    Division{1, "Crop and Animal Production"},
    Division{2, "Forestry and Logging"},
    Division{3, "Fishing and Aquaculture"},
    Division{5, "Coal Mining"},
    Division{6, "Crude Petroleum and Natural Gas"},
    Division{7, "Metal Ores"},
    Division{8, "Other Mining and Quarrying"},
    Division{9, "Mining Support Services"},
    Division{10, "Food Products"},
    Division{11, "Beverages"},
    Division{12, "Tobacco Products"},
    Division{13, "Textiles"},
    Division{14, "Wearing Apparel"},
    Division{15, "Leather and Footwear"},
    Division{16, "Wood and Products of Wood"},
    Division{17, "Paper and Paper Products"},
    Division{18, "Printing and Recorded Media"},
    Division{19, "Coke and Refined Petroleum"},
    Division{20, "Chemicals"},
    Division{21, "Pharmaceuticals"},
    Division{22, "Rubber and Plastics"},
    Division{23, "Other Non-Metallic Minerals"},
    Division{24, "Basic Metals"},
    Division{25, "Fabricated Metal Products"},
    Division{26, "Computers, Electronics and Optics"},
    Division{27, "Electrical Equipment"},
    Division{28, "Machinery, n.e.c."},
    Division{29, "Motor Vehicles"},
    Division{30, "Other Transport Equipment"},
    Division{31, "Furniture"},
    Division{32, "Other Manufacturing"},
    Division{33, "Repair and Installation of Machinery"},
    Division{35, "Electricity, Gas, Steam and Air Conditioning"},
    Division{36, "Water Supply"},
    Division{37, "Sewerage"},
    Division{38, "Waste Management"},
    Division{39, "Remediation"},
    Division{41, "Construction of Buildings"},
    Division{42, "Civil Engineering"},
    Division{43, "Specialised Construction"},
    Division{45, "Trade and Repair of Motor Vehicles"},
    Division{46, "Wholesale Trade"},
    Division{47, "Retail Trade"},
    Division{49, "Land Transport and Pipelines"},
    Division{50, "Water Transport"},
    Division{51, "Air Transport"},
    Division{52, "Warehousing and Support for Transport"},
    Division{53, "Post and Couriers"},
    Division{55, "Accommodation"},
    Division{56, "Food and Beverage Services"},
    Division{58, "Publishing"},
    Division{59, "Film, Television and Music Production"},
    Division{60, "Broadcasting"},
    Division{61, "Telecommunications"},
    Division{62, "Computer Programming and Consultancy"},
    Division{63, "Information Services"},
    Division{64, "Financial Services"},
    Division{65, "Insurance and Pensions"},
    Division{66, "Auxiliary Financial Services"},
    Division{68, "Real Estate Activities"},
    Division{69, "Legal and Accounting Services"},
    Division{70, "Head Offices and Management Consultancy"},
    Division{71, "Architecture and Engineering"},
    Division{72, "Research and Development"},
    Division{73, "Advertising and Market Research"},
    Division{74, "Other Professional Services"},
    Division{75, "Veterinary Services"},
    Division{77, "Rental and Leasing"},
    Division{78, "Employment Services"},
    Division{79, "Travel Agencies"},
    Division{80, "Security Services"},
    Division{81, "Services to Buildings"},
    Division{82, "Office Support"},
    Division{84, "Public Administration and Defence"},
    Division{85, "Education"},
    Division{86, "Human Health"},
    Division{87, "Residential Care"},
    Division{88, "Social Work"},
    Division{90, "Creative Arts and Entertainment"},
    Division{91, "Libraries and Museums"},
    Division{92, "Gambling and Betting"},
    Division{93, "Sports and Recreation"},
    Division{94, "Membership Organisations"},
    Division{95, "Repair of Computers and Household Goods"},
    Division{96, "Other Personal Services"},
    Division{97, "Households as Employers"},
    Division{98, "Households Producing for Own Use"},
    Division{99, "Extraterritorial Organisations"},
};

struct Group {
  std::string_view code;  // without the letter in front
  std::string_view name;
};

constexpr std::array groups{
    Group{"01T02", "Agriculture, Hunting and Forestry"},
    Group{"01_02", "Agriculture, Hunting and Forestry"},
    Group{"05T06", "Mining of Energy Products"},
    Group{"05_06", "Mining of Energy Products"},
    Group{"07T08", "Mining of Other Products"},
    Group{"07_08", "Mining of Other Products"},
    Group{"10T12", "Food Products, Beverages and Tobacco"},
    Group{"13T15", "Textiles, Wearing Apparel, Leather and Footwear"},
    Group{"17T18", "Paper Products and Printing"},
    Group{"17_18", "Paper Products and Printing"},
    Group{"24A", "Iron and Steel"},
    Group{"24B", "Non-Ferrous Metals"},
    Group{"301", "Ships and Boats"},
    Group{"302T309", "Railway, Air and Other Transport Equipment"},
    Group{"31T33", "Other Manufacturing; Repair of Machinery"},
    Group{"36T39", "Water Supply, Sewerage and Waste Management"},
    Group{"41T43", "Construction"},
    Group{"45T47", "Wholesale and Retail Trade; Repair of Motor Vehicles"},
    Group{"55T56", "Accommodation and Food Services"},
    Group{"55_56", "Accommodation and Food Services"},
    Group{"58T60", "Publishing, Audiovisual and Broadcasting"},
    Group{"62T63", "Computer and Information Services"},
    Group{"62_63", "Computer and Information Services"},
    Group{"64T66", "Finance and Insurance"},
    Group{"69T75", "Professional, Scientific and Technical Services"},
    Group{"77T82", "Administrative and Support Services"},
    Group{"86T88", "Human Health and Social Work"},
    Group{"90T93", "Arts, Entertainment and Recreation"},
    Group{"94T96", "Other Services"},
    Group{"97T98", "Activities of Households"},
    Group{"97_98", "Activities of Households"},
};

}  // namespace

std::string_view isic_division_name(int division) noexcept {
  auto const* const found =
      std::lower_bound(divisions.begin(), divisions.end(), division,
                       [](Division const& each, int number) { return each.number < number; });
  return found != divisions.end() && found->number == division ? found->name : std::string_view{};
}

std::string_view isic_group_name(std::string_view code) noexcept {
  if (!code.empty() && code.front() >= 'A' && code.front() <= 'U') code.remove_prefix(1);
  auto const* const found = std::find_if(groups.begin(), groups.end(),
                                         [&](Group const& each) { return each.code == code; });
  return found == groups.end() ? std::string_view{} : found->name;
}

}  // namespace linchpin
