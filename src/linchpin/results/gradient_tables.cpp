// SPDX-License-Identifier: Apache-2.0
#include "linchpin/results/gradient_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "linchpin/results/row_writer.h"

namespace linchpin {
namespace {

using Json = nlohmann::ordered_json;

/// One entry of a gradient.
struct Entry {
  double value;
  std::size_t row, column;
};

/// The `top` entries of largest size, largest first; equal ones in their order.
class Largest {
 public:
  explicit Largest(std::size_t top) : top_(top) {}
  void add(double value, std::size_t row, std::size_t column) {
    if (value == 0 || top_ == 0) return;
    if (entries_.size() == top_ && std::abs(value) <= std::abs(entries_.back().value)) return;
    auto const place = std::upper_bound(
        entries_.begin(), entries_.end(), std::abs(value),
        [](double size, Entry const& each) { return size > std::abs(each.value); });
    entries_.insert(place, {value, row, column});
    if (entries_.size() > top_) entries_.pop_back();
  }
  [[nodiscard]] std::vector<Entry> const& entries() const noexcept { return entries_; }

 private:
  std::size_t top_;
  std::vector<Entry> entries_;
};

std::vector<Entry> top_links(IndustrySpace const& space, disrupt::Gradient const& gradient,
                             std::size_t top) {
  Largest largest(top);
  for (std::size_t i = 0; i < space.size(); ++i) {
    for (std::size_t j = 0; j < space.size(); ++j) {
      if (space.region_of(IndustryId{i}) == space.region_of(IndustryId{j})) continue;
      largest.add(gradient.links(i, j) / 100, i, j);
    }
  }
  return largest.entries();
}

std::vector<Entry> top_capacities(disrupt::Gradient const& gradient, std::size_t top) {
  Largest largest(top);
  for (std::size_t i = 0; i < gradient.capacity.size(); ++i) {
    largest.add(gradient.capacity[i] / 100, i, 0);
  }
  return largest.entries();
}

std::vector<Entry> top_stocks(disrupt::Gradient const& gradient, std::size_t top) {
  Largest largest(top);
  for (std::size_t p = 0; p < gradient.inventory.rows(); ++p) {
    for (std::size_t f = 0; f < gradient.inventory.columns(); ++f) {
      largest.add(-gradient.inventory(p, f), p, f);
    }
  }
  return largest.entries();
}

char const* measure_of(disrupt::LossKind kind) {
  switch (kind) {
    case disrupt::LossKind::output:
      return "output_loss_pct";
    case disrupt::LossKind::value_added:
      return "value_added_loss_pct";
    case disrupt::LossKind::final_use:
      return "final_use_loss_pct";
  }
  return "";
}

std::string loss_words(IndustrySpace const& space, disrupt::LossTarget const& target) {
  std::string regions;
  for (auto const region : target.regions) {
    regions += (regions.empty() ? "" : ", ") + space.label(region);
  }
  char const* const kind = target.kind == disrupt::LossKind::output        ? "output"
                           : target.kind == disrupt::LossKind::value_added ? "value added"
                                                                           : "final use";
  return fmt::format("loss of {} of {}", kind, regions.empty() ? "the world" : regions);
}

constexpr char const* small_changes =
    "First order: right for small changes. A full cut runs down stocks that a first order does not "
    "see; cut the top of this list to know.";

}  // namespace

std::vector<ResultTable> gradient_tables(IndustrySpace const& space,
                                         disrupt::LossTarget const& target,
                                         disrupt::Gradient const& gradient, std::size_t top) {
  auto const words = loss_words(space, target);
  ResultTable links{
      "sensitive_links",
      "Which links matter most",
      fmt::format("What cutting 1 % of a link for the whole horizon adds to the {}. {}", words,
                  small_changes),
      true,
      {integer_column("rank", "Rank", "", "1: the largest."),
       text_column("seller", "Seller", "REGION:SECTOR."),
       text_column("buyer", "Buyer", "REGION:SECTOR."),
       number_column("per_percent_cut", "Loss per 1 % cut", "percentage points",
                     "Of the loss, per cent of what the link delivers cut.")}};
  ResultTable capacities{
      "sensitive_capacities",
      "Which capacities matter most",
      fmt::format("What losing 1 % of an industry's capacity adds to the {}. {}", words,
                  small_changes),
      true,
      {integer_column("rank", "Rank", "", "1: the largest."),
       text_column("industry", "Industry", "REGION:SECTOR."),
       number_column("per_percent_lost", "Loss per 1 % lost", "percentage points",
                     "Of the loss, per cent of capacity lost.")}};
  ResultTable stocks{"sensitive_stocks",
                     "Which stocks matter most",
                     fmt::format("What one more day of stock at the start takes off the {}. {}",
                                 words, small_changes),
                     true,
                     {integer_column("rank", "Rank", "", "1: the largest."),
                      text_column("industry", "Holder", "REGION:SECTOR."),
                      text_column("product", "Product", "Sector."),
                      number_column("per_day", "Saved per day", "percentage points",
                                    "Of the loss, per day of use in stock.")}};
  auto const ranked = [](ResultTable& table, std::vector<Entry> const& entries, auto&& name) {
    std::size_t rank = 0;
    for (auto const& entry : entries) {
      RowWriter row(table);
      row << ++rank;
      name(row, entry);
      row << entry.value;
    }
  };
  ranked(links, top_links(space, gradient, top), [&](RowWriter& row, Entry const& entry) {
    row << space.label(IndustryId{entry.row}) << space.label(IndustryId{entry.column});
  });
  ranked(capacities, top_capacities(gradient, top),
         [&](RowWriter& row, Entry const& entry) { row << space.label(IndustryId{entry.row}); });
  ranked(stocks, top_stocks(gradient, top), [&](RowWriter& row, Entry const& entry) {
    row << space.label(IndustryId{entry.column}) << space.label(SectorId{entry.row});
  });
  return {std::move(links), std::move(capacities), std::move(stocks)};
}

Json gradient_to_json(IndustrySpace const& space, disrupt::LossTarget const& target,
                      disrupt::Gradient const& gradient, std::size_t top) {
  Json regions = Json::array();
  for (auto const region : target.regions) regions.push_back(space.label(region));
  Json links = Json::array(), capacities = Json::array(), stocks = Json::array();
  for (auto const& entry : top_links(space, gradient, top)) {
    links.push_back({{"seller", space.label(IndustryId{entry.row})},
                     {"buyer", space.label(IndustryId{entry.column})},
                     {"per_percent_cut", entry.value}});
  }
  for (auto const& entry : top_capacities(gradient, top)) {
    capacities.push_back(
        {{"industry", space.label(IndustryId{entry.row})}, {"per_percent_lost", entry.value}});
  }
  for (auto const& entry : top_stocks(gradient, top)) {
    stocks.push_back({{"industry", space.label(IndustryId{entry.column})},
                      {"product", space.label(SectorId{entry.row})},
                      {"saved_per_day", entry.value}});
  }
  return {{"loss",
           {{"measure", measure_of(target.kind)},
            {"regions", std::move(regions)},
            {"pct", gradient.loss}}},
          {"links", std::move(links)},
          {"capacities", std::move(capacities)},
          {"stocks", std::move(stocks)}};
}

}  // namespace linchpin
