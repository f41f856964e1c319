// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/category_scheme.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace linchpin {
namespace {

struct Category {
  std::string_view lower_label;
  std::string_view name;
  bool inventory_change;
};

constexpr std::string_view households = "Final consumption of households";
constexpr std::string_view non_profit = "Final consumption of non-profit institutions";
constexpr std::string_view government = "Final consumption of government";
constexpr std::string_view investment = "Gross fixed capital formation";
constexpr std::string_view inventories = "Changes in inventories and valuables";
constexpr std::string_view purchases_abroad = "Direct purchases abroad by residents";

constexpr std::array<Category, 32> categories{{
    {"hh", households, false},
    {"hfce", households, false},
    {"cons_h", households, false},
    {"p3_s14", households, false},
    {"households", households, false},
    {"npish", non_profit, false},
    {"cons_np", non_profit, false},
    {"p3_s15", non_profit, false},
    {"gov", government, false},
    {"ggfc", government, false},
    {"cons_g", government, false},
    {"p3_s13", government, false},
    {"government", government, false},
    {"gfcf", investment, false},
    {"p51g", investment, false},
    {"p51", investment, false},
    {"investment", investment, false},
    {"dpabr", purchases_abroad, false},
    {"p33", purchases_abroad, false},
    {"inv", inventories, true},
    {"invnt", inventories, true},
    {"inven", inventories, true},
    {"invent", inventories, true},
    {"inventory", inventories, true},
    {"inventories", inventories, true},
    {"p5m", inventories, true},
    {"p52", inventories, true},
    {"p52_p53", inventories, true},
    {"change in inventories", inventories, true},
    {"changes in inventories", inventories, true},
    {"inventory change", inventories, true},
    {"inventory changes", inventories, true},
}};

Category const* find(std::string_view label) {
  std::string lower{label};
  std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) {
    return c == '-' ? '_' : static_cast<char>(std::tolower(c));
  });
  auto const* match = std::find_if(categories.begin(), categories.end(),
                                   [&](Category const& each) { return each.lower_label == lower; });
  return match == categories.end() ? nullptr : match;
}

}  // namespace

bool is_known_category(std::string_view label) { return find(label) != nullptr; }

CategoryLabel describe_category(std::string const& label) {
  auto const* known = find(label);
  if (known == nullptr) return {label, label, false};
  return {label, std::string{known->name}, known->inventory_change};
}

}  // namespace linchpin
