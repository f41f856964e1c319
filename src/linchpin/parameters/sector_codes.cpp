// SPDX-License-Identifier: Apache-2.0
#include "linchpin/parameters/sector_codes.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

namespace linchpin::parameters {
namespace {

struct Section {
  int first, last;
};

// Divisions of the sections A … U of ISIC Rev. 4.
constexpr std::array<Section, 21> sections{{
    {1, 3},   {5, 9},   {10, 33}, {35, 35}, {36, 39}, {41, 43}, {45, 47},
    {49, 53}, {55, 56}, {58, 63}, {64, 66}, {68, 68}, {69, 75}, {77, 82},
    {84, 84}, {85, 85}, {86, 88}, {90, 93}, {94, 96}, {97, 98}, {99, 99},
}};

// WIOD 2013 is NACE Rev. 1: by main activity, at most four ranges each.
constexpr std::array<std::array<Section, 4>, 35> wiod{{
    {{{1, 3}}},             // c1 agriculture, forestry, fishing
    {{{5, 9}}},             // c2 mining
    {{{10, 12}}},           // c3 food
    {{{13, 14}}},           // c4 textiles
    {{{15, 15}}},           // c5 leather
    {{{16, 16}}},           // c6 wood
    {{{17, 18}, {58, 58}}}, // c7 paper, printing, publishing
    {{{19, 19}}},           // c8 refining
    {{{20, 21}}},           // c9 chemicals
    {{{22, 22}}},           // c10 rubber, plastics
    {{{23, 23}}},           // c11 minerals
    {{{24, 25}}},           // c12 metals
    {{{28, 28}}},           // c13 machinery
    {{{26, 27}}},           // c14 electrical and optical
    {{{29, 30}}},           // c15 transport equipment
    {{{31, 32}, {38, 38}}}, // c16 other manufacturing, recycling
    {{{35, 36}}},           // c17 power, gas, water
    {{{41, 43}}},           // c18 construction
    {{{45, 45}}},           // c19 trade of vehicles
    {{{46, 46}}},           // c20 wholesale
    {{{47, 47}}},           // c21 retail
    {{{55, 56}}},           // c22 hotels, restaurants
    {{{49, 49}}},           // c23 inland transport
    {{{50, 50}}},           // c24 water transport
    {{{51, 51}}},           // c25 air transport
    {{{52, 52}, {79, 79}}}, // c26 supporting transport, travel agencies
    {{{53, 53}, {61, 61}}}, // c27 post, telecommunications
    {{{64, 66}}},           // c28 finance
    {{{68, 68}}},           // c29 real estate
    {{{62, 63}, {69, 75}, {77, 78}, {80, 82}}},  // c30 business services
    {{{84, 84}}},           // c31 public administration
    {{{85, 85}}},           // c32 education
    {{{86, 88}}},           // c33 health
    {{{37, 37}, {39, 39}, {59, 60}, {90, 96}}},  // c34 other services
    {{{97, 98}}},           // c35 households
}};

/// Groups of the built-in worlds and concordances.
struct Group {
  std::string_view code;
  std::array<Section, 4> ranges;
};

constexpr std::array<Group, 22> groups{{
    {"SERV", {{{35, 98}}}},
    {"UTIL", {{{35, 39}}}},
    {"CONS", {{{41, 43}}}},
    {"TRAD", {{{45, 47}, {55, 56}}}},
    {"TRAN", {{{49, 53}, {61, 61}}}},
    {"BUSI", {{{62, 63}, {64, 66}, {68, 68}, {69, 82}}}},
    {"PUBL", {{{58, 60}, {84, 98}}}},
    {"AGRI", {{{1, 3}}}},
    {"MINE", {{{5, 9}}}},
    {"FOOD", {{{10, 12}}}},
    {"TEXT", {{{13, 15}}}},
    {"WOOD", {{{16, 16}}}},
    {"PAPR", {{{17, 18}}}},
    {"PETR", {{{19, 19}}}},
    {"CHEM", {{{20, 21}}}},
    {"PLAS", {{{22, 22}}}},
    {"GLAS", {{{23, 23}}}},
    {"METL", {{{24, 25}}}},
    {"ELEC", {{{26, 27}}}},
    {"MACH", {{{28, 28}}}},
    {"TREQ", {{{29, 30}}}},
    {"OMAN", {{{31, 33}}}},
}};

void add(Divisions& divisions, int first, int last) noexcept {
  for (int d = first; d <= last; ++d) divisions.set(static_cast<std::size_t>(d));
}

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
bool is_section(char c) noexcept { return c >= 'A' && c <= 'U'; }

/// One end of a range: a letter, a number, or both; a letter may stand behind ("C24A").
struct End {
  char letter = '\0';
  int number = 0;  // 0: none
};

std::optional<End> take_end(std::string_view& rest) noexcept {
  End end;
  if (!rest.empty() && is_section(rest.front())) {
    end.letter = rest.front();
    rest.remove_prefix(1);
  }
  std::size_t digits = 0;
  while (digits < rest.size() && is_digit(rest[digits])) {
    if (digits == 3) return std::nullopt;
    end.number = 10 * end.number + (rest[digits] - '0');
    ++digits;
  }
  rest.remove_prefix(digits);
  if (digits == 3) end.number /= 10;  // 301 is a group of division 30
  if (digits > 0 && (end.number < 1 || end.number > 99)) return std::nullopt;
  if (end.letter == '\0' && digits == 0) return std::nullopt;
  // 1, 2, 3 … is how small tables number their sectors: a division alone has two digits.
  if (end.letter == '\0' && digits == 1) return std::nullopt;
  return end;
}

Section span_of(End const& end) noexcept {
  if (end.number > 0) return {end.number, end.number};
  return sections[static_cast<std::size_t>(end.letter - 'A')];
}

Divisions wiod_divisions(int number) noexcept {
  Divisions divisions;
  for (auto const& range : wiod[static_cast<std::size_t>(number - 1)]) {
    if (range.first > 0) add(divisions, range.first, range.last);
  }
  return divisions;
}

}  // namespace

std::vector<Divisions> divisions_of_sectors(std::span<SectorLabel const> sectors) {
  auto const plain_number = [](std::string const& label) {
    return !label.empty() && std::all_of(label.begin(), label.end(), is_digit);
  };
  bool const numbers_are_divisions =
      std::none_of(sectors.begin(), sectors.end(), [&](SectorLabel const& sector) {
        return plain_number(sector.label) && sector.label.size() != 2;
      });
  std::vector<Divisions> result;
  for (auto const& [label, name, service] : sectors) {
    bool const only_a_number = plain_number(label) && !numbers_are_divisions;
    result.push_back(only_a_number ? Divisions{} : divisions_of(label));
  }
  return result;
}

Divisions divisions_of(std::string_view code) noexcept {
  Divisions divisions;
  if (code == "*") {
    add(divisions, 1, 99);
    return divisions;
  }
  for (auto const& group : groups) {
    if (code != group.code) continue;
    for (auto const& range : group.ranges) {
      if (range.first > 0) add(divisions, range.first, range.last);
    }
    return divisions;
  }
  if (code.size() >= 2 && code.size() <= 3 && code[0] == 'c') {
    int number = 0;
    for (char const c : code.substr(1)) {
      if (!is_digit(c)) return divisions;
      number = 10 * number + (c - '0');
    }
    return number >= 1 && number <= 35 ? wiod_divisions(number) : divisions;
  }
  auto rest = code;
  auto const first = take_end(rest);
  if (!first) return divisions;
  // One letter behind a number is a part of the division.
  bool const part = rest.size() == 1 && first->number > 0 && rest[0] >= 'A' && rest[0] <= 'F';
  if (rest.empty() || part) {
    auto const span = span_of(*first);
    add(divisions, span.first, span.last);
    return divisions;
  }
  if (rest[0] != 'T' && rest[0] != '-' && rest[0] != '_') return divisions;
  rest.remove_prefix(1);
  auto const last = take_end(rest);
  if (!last || !rest.empty()) return divisions;
  int const low = span_of(*first).first, high = span_of(*last).last;
  if (low <= high) add(divisions, low, high);
  return divisions;
}

}  // namespace linchpin::parameters
