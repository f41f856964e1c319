// SPDX-License-Identifier: Apache-2.0
#include "linchpin/core/quantities.h"

#include <fmt/format.h>

#include <array>
#include <string_view>
#include <utility>

namespace linchpin {
namespace {

constexpr std::array<std::pair<std::string_view, double>, 4> scales{
    {{"thousand", 1e3}, {"ten thousand", 1e4}, {"million", 1e6}, {"billion", 1e9}}};

}  // namespace

std::string to_string(MonetaryUnit const& unit) {
  std::string const currency = unit.currency.empty() ? "money" : unit.currency;
  if (unit.scale == 1.0) return currency;
  for (auto const& [name, scale] : scales) {
    if (unit.scale == scale) return fmt::format("{} {}", currency, name);
  }
  return fmt::format("{} x {}", currency, unit.scale);
}

MonetaryUnit parse_monetary_unit(std::string const& text) {
  auto const space = text.find(' ');
  if (space == std::string::npos) return {text == "money" ? "" : text, 1.0};
  auto const currency = text.substr(0, space);
  auto const rest = std::string_view{text}.substr(space + 1);
  for (auto const& [name, scale] : scales) {
    if (rest == name) return {currency == "money" ? "" : currency, scale};
  }
  return {text, 1.0};
}

}  // namespace linchpin
