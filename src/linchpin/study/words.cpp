// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <string_view>

namespace linchpin::study {
namespace {

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

// "Equipment" becomes "equipment"; "M&Eq" and "USA" stay as they are.
void lower_plain_word(std::string& word) {
  if (word.empty() || !is_upper(word.front())) return;
  bool const plain = word.size() > 1 && std::none_of(word.begin() + 1, word.end(), [](char c) {
                       return is_upper(c) || c == '&';
                     });
  if (plain && is_lower(word[1])) word.front() = static_cast<char>(word.front() - 'A' + 'a');
}

}  // namespace

std::string region_words(IndustrySpace const& space, RegionId region) {
  return with_article(space.name(region));
}

std::string with_article(std::string const& name) {
  constexpr std::size_t rest_of = 8;  // length of "Rest of "
  if (name.starts_with("Rest of ") || name.starts_with("rest of ")) {
    auto const whole = name.substr(rest_of);
    bool const world = whole == "World" || whole == "world";
    return "the rest of " + (world ? "the world" : with_article(whole));
  }
  // English puts an article before these; the names come from ISO 3166.
  constexpr std::array<std::string_view, 12> starts{
      "United ", "Netherlands", "Philippines", "USA",       "Bahamas",     "Maldives",
      "Gambia",  "Congo",       "Democratic ", "Czech Rep", "Russian Fed", "European Union"};
  bool const article = std::any_of(starts.begin(), starts.end(),
                                   [&](std::string_view start) { return name.starts_with(start); });
  return article ? "the " + name : name;
}

std::string possessive(std::string const& words) {
  return words.ends_with('s') ? words + "'" : words + "'s";
}

std::string sector_words(IndustrySpace const& space, SectorId sector) {
  std::string result, word;
  for (char const c : space.name(sector) + " ") {
    bool const part =
        std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '&' || (c & 0x80) != 0;
    if (part) {
      word += c;
      continue;
    }
    lower_plain_word(word);
    result += word + c;
    word.clear();
  }
  result.pop_back();
  return result;
}

std::string industry_words(IndustrySpace const& space, IndustryId industry) {
  return fmt::format("{} {} industry", possessive(region_words(space, space.region_of(industry))),
                     sector_words(space, space.sector_of(industry)));
}

std::string label_words(IndustrySpace const& space, std::string const& label) {
  if (auto const region = space.find_region(label, "")) return region_words(space, *region);
  if (auto const sector = space.find_sector(label, "")) {
    return fmt::format("{} ({})", sector_words(space, *sector), label);
  }
  if (auto const industry = space.find_industry(label, "")) {
    return fmt::format("{} {} ({})", possessive(region_words(space, space.region_of(*industry))),
                       sector_words(space, space.sector_of(*industry)), label);
  }
  return label;
}

std::string list_words(std::vector<std::string> const& parts) {
  std::string result;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) result += i + 1 == parts.size() ? " and " : ", ";
    result += parts[i];
  }
  return result;
}

std::string two_digits(double value) {
  if (value == 0 || !std::isfinite(value)) return "0";
  double const magnitude = std::floor(std::log10(std::abs(value)));
  double const unit = std::pow(10.0, magnitude - 1);
  double const rounded = std::round(value / unit) * unit;
  int const decimals = std::max(0, 1 - static_cast<int>(std::floor(std::log10(std::abs(rounded)))));
  return fmt::format("{:.{}f}", rounded, decimals);
}

std::string capital(std::string words) {
  if (!words.empty() && words.front() >= 'a' && words.front() <= 'z') {
    words.front() = static_cast<char>(words.front() - 'a' + 'A');
  }
  return words;
}

std::string percent_words(double value) {
  constexpr double smallest = 0.001;
  if (value != 0 && std::abs(value) < smallest) return fmt::format("less than {} %", smallest);
  return two_digits(value) + " %";
}

std::string money_words(double amount, MonetaryUnit const& unit) {
  struct Step {
    double size;
    char const* name;
  };
  constexpr std::array<Step, 4> steps{
      {{1e12, " trillion"}, {1e9, " billion"}, {1e6, " million"}, {1.0, ""}}};
  // Without a currency nobody knows what a million of it is: count in the table's own unit.
  bool const known = !unit.currency.empty();
  double const value = std::abs(amount) * (known ? unit.scale : 1.0);
  // The step after rounding: 999.6 million is 1.0 billion.
  auto const* step = std::find_if(steps.begin(), steps.end() - 1,
                                  [&](Step const& each) { return value >= 0.995 * each.size; });
  auto const number = two_digits(value / step->size) + step->name;
  return known ? unit.currency + " " + number : number + " units of the table";
}

std::string hundred_words(MonetaryUnit const& unit) {
  if (unit.currency == "USD") return "100 dollars";
  if (unit.currency == "EUR") return "100 euros";
  if (unit.currency == "CNY") return "100 yuan";
  return unit.currency.empty() ? "100 units" : unit.currency + " 100";
}

}  // namespace linchpin::study
