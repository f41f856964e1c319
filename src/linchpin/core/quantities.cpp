// SPDX-License-Identifier: Apache-2.0
#include "linchpin/core/quantities.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <string_view>
#include <utility>

namespace linchpin {
namespace {

// "ten thousand" before "thousand", which it ends with.
constexpr std::array<std::pair<std::string_view, double>, 4> scales{
    {{"ten thousand", 1e4}, {"thousand", 1e3}, {"million", 1e6}, {"billion", 1e9}}};

constexpr std::string_view times = " x ";

MonetaryUnit make_unit(std::string_view currency, double scale) {
  return {std::string{currency == "money" ? "" : currency}, scale};
}

}  // namespace

std::string to_string(MonetaryUnit const& unit) {
  std::string const currency = unit.currency.empty() ? "money" : unit.currency;
  if (unit.scale == 1.0) return currency;
  for (auto const& [name, scale] : scales) {
    if (unit.scale == scale) return fmt::format("{} {}", currency, name);
  }
  return fmt::format("{}{}{}", currency, times, unit.scale);
}

MonetaryUnit parse_monetary_unit(std::string const& text) {
  std::string_view const whole{text};
  for (auto const& [name, scale] : scales) {
    if (whole.size() < name.size() + 2 || !whole.ends_with(name)) continue;
    auto const currency = whole.substr(0, whole.size() - name.size() - 1);
    if (whole[currency.size()] == ' ') return make_unit(currency, scale);
  }
  if (auto const at = whole.rfind(times); at != std::string_view::npos && at > 0) {
    double scale = 0;
    auto const* const end = text.data() + text.size();
    auto const read = std::from_chars(text.data() + at + times.size(), end, scale);
    if (read.ec == std::errc{} && read.ptr == end && scale > 0 && std::isfinite(scale)) {
      return make_unit(whole.substr(0, at), scale);
    }
  }
  return make_unit(whole, 1.0);
}

}  // namespace linchpin
