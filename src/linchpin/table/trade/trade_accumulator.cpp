// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/trade/trade_accumulator.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "linchpin/core/byte_count.h"
#include "linchpin/core/nearest.h"
#include "linchpin/table/label_text.h"

namespace linchpin {

double& CountryProducts::new_slot(std::size_t country, std::size_t product, std::size_t& bytes) {
  if (country >= rows_.size()) {
    auto const before = rows_.capacity();
    rows_.resize(country + 1);
    bytes += (rows_.capacity() - before) * sizeof(rows_.front());
  }
  auto& row = rows_[country];
  auto const before = row.capacity();
  row.resize(std::max(row.size(), product + 1), 0.0);
  bytes += (row.capacity() - before) * sizeof(double);
  return row[product];
}

std::vector<bool> ProductTrade::members_of(std::size_t buyer) const {
  std::vector<bool> result(countries.size(), false);
  for (std::size_t c = 0; c < countries.size(); ++c) {
    auto const& members = buyers[buyer].members;
    result[c] = std::find(members.begin(), members.end(), countries[c]) != members.end();
  }
  return result;
}

Result<void> check_buyers(std::vector<TradeBuyer> const& buyers) {
  ErrorList errors;
  if (buyers.size() > ProductTradeOptions::most_buyers) {
    errors.add(
        ErrorCode::bad_usage,
        fmt::format("{} buyers are more than {}", buyers.size(), ProductTradeOptions::most_buyers),
        "buyers", "ask for them in several runs");
  }
  std::unordered_set<std::string> names;
  for (auto const& buyer : buyers) {
    auto const name = printable(buyer.name);
    if (!names.insert(buyer.name).second) {
      errors.add(ErrorCode::bad_usage, fmt::format("the buyer '{}' is there twice", name), "buyers",
                 "give each another name");
    }
    if (buyer.members.empty()) {
      errors.add(ErrorCode::bad_usage, fmt::format("the buyer '{}' has no member", name), "buyers",
                 "name its countries");
    }
    std::unordered_set<std::string> members;
    for (auto const& member : buyer.members) {
      if (members.insert(member).second) continue;
      errors.add(ErrorCode::bad_usage,
                 fmt::format("'{}' is twice a member of '{}'", printable(member), name), "buyers",
                 "name it once");
    }
  }
  if (!errors.empty()) return fail(errors.joined());
  return {};
}

TradeAccumulator::TradeAccumulator(ProductTradeOptions const& options)
    : limit_(options.memory_limit) {
  trade_.buyers = options.buyers;
}

std::size_t TradeAccumulator::country(std::string_view label) {
  auto const number = countries_.add(label);
  if (number < buyers_of_.size()) return number;
  std::uint32_t bits = 0;
  for (std::size_t b = 0; b < trade_.buyers.size(); ++b) {
    auto const& members = trade_.buyers[b].members;
    if (std::find(members.begin(), members.end(), label) != members.end()) bits |= 1U << b;
  }
  buyers_of_.push_back(bits);
  bytes_ += sizeof(std::string) + label.size();
  return number;
}

std::size_t TradeAccumulator::product(std::string_view label) {
  auto const known = products_.size();
  auto const number = products_.add(label);
  if (products_.size() > known) bytes_ += sizeof(std::string) + label.size();
  return number;
}

std::size_t TradeAccumulator::year(int value) {
  for (std::size_t k = 0; k < trade_.years.size(); ++k) {
    if (trade_.years[k].year == value) return k;
  }
  trade_.years.push_back({value, {}, std::vector<BuyerTrade>(trade_.buyers.size())});
  return trade_.years.size() - 1;
}

Error TradeAccumulator::memory_error(std::string const& file) const {
  return {ErrorCode::too_large,
          fmt::format("{} years, {} countries and {} products need more than the limit of {}",
                      trade_.years.size(), countries_.size(), products_.size(),
                      byte_count(static_cast<double>(limit_))),
          file, "ask for one year, for fewer buyers, or raise the memory limit"};
}

Result<ProductTrade> TradeAccumulator::finish(std::string const& file) {
  if (trade_.rows == 0) {
    return fail(ErrorCode::missing_value, "there is no line of trade", file,
                "check the file and the year asked for");
  }
  ErrorList errors;
  for (auto const& buyer : trade_.buyers) {
    for (auto const& member : buyer.members) {
      if (countries_.find(member) != LabelIndex::none) continue;
      errors.add(ErrorCode::unknown_label, fmt::format("'{}' does not trade", printable(member)),
                 fmt::format("buyer {}", printable(buyer.name)),
                 did_you_mean(member, countries_.labels(),
                              "leave it out, or name the list of country codes"));
    }
  }
  if (!errors.empty()) return fail(errors.joined());
  trade_.countries = countries_.labels();
  trade_.products = products_.labels();
  for (auto const& code : trade_.products) {
    bool const digits =
        std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (digits && code.size() % 2 == 1) ++trade_.odd_codes;
  }
  std::sort(trade_.years.begin(), trade_.years.end(),
            [](TradeYear const& a, TradeYear const& b) { return a.year < b.year; });
  return std::move(trade_);
}

}  // namespace linchpin
