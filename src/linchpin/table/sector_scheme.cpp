// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/sector_scheme.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cstddef>
#include <string_view>

#include "linchpin/table/isic_names.h"

namespace linchpin {
namespace {

constexpr std::array<std::string_view, 35> wiod_names{
    "Agriculture, Hunting, Forestry and Fishing",
    "Mining and Quarrying",
    "Food, Beverages and Tobacco",
    "Textiles and Textile Products",
    "Leather and Footwear",
    "Wood and Products of Wood and Cork",
    "Pulp, Paper, Printing and Publishing",
    "Coke, Refined Petroleum and Nuclear Fuel",
    "Chemicals and Chemical Products",
    "Rubber and Plastics",
    "Other Non-Metallic Minerals",
    "Basic Metals and Fabricated Metal",
    "Machinery, n.e.c.",
    "Electrical and Optical Equipment",
    "Transport Equipment",
    "Manufacturing, n.e.c.; Recycling",
    "Electricity, Gas and Water Supply",
    "Construction",
    "Sale, Maintenance and Repair of Motor Vehicles; Retail Sale of Fuel",
    "Wholesale Trade, except of Motor Vehicles",
    "Retail Trade, except of Motor Vehicles; Repair of Household Goods",
    "Hotels and Restaurants",
    "Inland Transport",
    "Water Transport",
    "Air Transport",
    "Supporting Transport Activities; Travel Agencies",
    "Post and Telecommunications",
    "Financial Intermediation",
    "Real Estate Activities",
    "Renting of Machinery and Other Business Activities",
    "Public Administration and Defence; Social Security",
    "Education",
    "Health and Social Work",
    "Other Community, Social and Personal Services",
    "Private Households with Employed Persons"};
constexpr int first_wiod_service = 17;

constexpr std::array<std::string_view, 21> isic_sections{
    "Agriculture, Forestry and Fishing",
    "Mining and Quarrying",
    "Manufacturing",
    "Electricity, Gas, Steam and Air Conditioning Supply",
    "Water Supply, Sewerage and Waste Management",
    "Construction",
    "Wholesale and Retail Trade; Repair of Motor Vehicles",
    "Transportation and Storage",
    "Accommodation and Food Service Activities",
    "Information and Communication",
    "Financial and Insurance Activities",
    "Real Estate Activities",
    "Professional, Scientific and Technical Activities",
    "Administrative and Support Service Activities",
    "Public Administration and Defence; Social Security",
    "Education",
    "Human Health and Social Work Activities",
    "Arts, Entertainment and Recreation",
    "Other Service Activities",
    "Activities of Households as Employers",
    "Activities of Extraterritorial Organisations"};
constexpr char first_service_section = 'D';
constexpr int first_service_division = 35;
constexpr int last_division = 99;

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

/// The number at the start of `text`, at most three digits; -1 if there is none.
int leading_number(std::string_view text) noexcept {
  std::size_t length = 0;
  while (length < text.size() && is_digit(text[length])) ++length;
  int value = -1;
  if (length >= 1 && length <= 3) std::from_chars(text.data(), text.data() + length, value);
  return value;
}

bool is_plain_number(std::string_view label) noexcept {
  return !label.empty() && std::all_of(label.begin(), label.end(), is_digit);
}

bool is_wiod(std::string const& label) noexcept {
  if (label.size() < 2 || label[0] != 'c' || !is_plain_number(std::string_view{label}.substr(1))) {
    return false;
  }
  auto const number = leading_number(std::string_view{label}.substr(1));
  return number >= 1 && number <= static_cast<int>(wiod_names.size());
}

SectorLabel describe_wiod(std::string const& label) {
  auto const number = leading_number(std::string_view{label}.substr(1));
  return {label, std::string{wiod_names[static_cast<std::size_t>(number - 1)]},
          number >= first_wiod_service};
}

SectorLabel describe_isic(std::string const& label, bool numbers_are_divisions) {
  SectorLabel const unknown{label, label, false};
  if (label.empty()) return unknown;
  bool const letter = label[0] >= 'A' && label[0] <= 'U';
  if (letter && label.size() == 1) {
    return {label, std::string{isic_sections[static_cast<std::size_t>(label[0] - 'A')]},
            label[0] >= first_service_section};
  }
  bool const number_only = is_digit(label[0]);
  if (!letter && !(number_only && numbers_are_divisions)) return unknown;
  // The number decides, not the letter: OECD puts a D (for division) in front of every one.
  auto name = isic_group_name(label);
  auto division = leading_number(std::string_view{label}.substr(letter ? 1 : 0));
  if (!name.empty() && division > last_division) division /= 10;  // 301 is a group of division 30
  if (division < 1 || division > last_division) return unknown;
  auto const digits = std::string_view{label}.substr(letter ? 1 : 0);
  if (name.empty() && digits.size() == 2 && is_plain_number(digits)) {
    name = isic_division_name(division);
  }
  return {label, name.empty() ? label : std::string{name}, division >= first_service_division};
}

}  // namespace

std::vector<SectorLabel> describe_sectors(std::span<std::string const> labels) {
  bool const wiod = std::all_of(labels.begin(), labels.end(), is_wiod);
  bool const numbers_are_divisions = std::none_of(
      labels.begin(), labels.end(),
      [](std::string const& label) { return is_plain_number(label) && label.size() != 2; });
  std::vector<SectorLabel> result;
  result.reserve(labels.size());
  for (auto const& label : labels) {
    result.push_back(wiod ? describe_wiod(label) : describe_isic(label, numbers_are_divisions));
  }
  return result;
}

}  // namespace linchpin
