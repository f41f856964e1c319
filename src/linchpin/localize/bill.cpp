// SPDX-License-Identifier: Apache-2.0
#include "linchpin/localize/bill.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "linchpin/core/contracts.h"
#include "linchpin/localize/learning.h"

namespace linchpin::localize {
namespace {

constexpr double rounding = 1e-9;

bool positive_finite(double value) { return std::isfinite(value) && value > 0; }
bool at_least_zero(double value) { return std::isfinite(value) && value >= 0; }

void check_line(Bill const& bill, BillLine const& line, ErrorList& errors) {
  if (line.origin.size() != bill.regions.size()) {
    errors.add(ErrorCode::size_mismatch,
               fmt::format("{} origins for {} regions", line.origin.size(), bill.regions.size()),
               line.name, "give one share per region");
  }
  double sum = 0;
  bool shares = true;
  for (auto const share : line.origin) {
    shares = shares && at_least_zero(share);
    sum += share;
  }
  bool const numbers = at_least_zero(line.own_cost) && at_least_zero(line.surcharge) &&
                       positive_finite(line.yield) && line.yield <= 1;
  if (!shares || sum > 1 + rounding || !numbers) {
    errors.add(ErrorCode::bad_value, "a number is out of range", line.name,
               "costs and surcharges are 0 or more, yield is above 0 and at most 1, origins add up "
               "to at most 1");
  }
  for (auto const& input : line.inputs) {
    if (input.line >= bill.lines.size() || !at_least_zero(input.amount)) {
      errors.add(ErrorCode::bad_value, "an input is out of range", line.name,
                 "inputs are lines of the bill, amounts 0 or more");
    }
  }
}

/// Lines in an order in which inputs come first; loops are reported.
class Ordering {
 public:
  Ordering(Bill const& bill, ErrorList& errors)
      : bill_(bill), errors_(errors), marks_(bill.lines.size(), Mark::unseen) {}

  std::vector<std::size_t> of_all() && {
    for (std::size_t k = 0; k < bill_.lines.size(); ++k) {
      if (marks_[k] == Mark::unseen) visit(k);
    }
    return std::move(order_);
  }

 private:
  enum class Mark { unseen, open, done };

  /// Its own stack instead of recursion: a bill may be as deep as it is long.
  void visit(std::size_t first) {
    std::vector<std::pair<std::size_t, std::size_t>> trail{{first, 0}};
    marks_[first] = Mark::open;
    while (!trail.empty()) {
      auto& [line, next] = trail.back();
      if (next == bill_.lines[line].inputs.size()) {
        marks_[line] = Mark::done;
        order_.push_back(line);
        trail.pop_back();
        continue;
      }
      auto const input = bill_.lines[line].inputs[next++].line;
      if (marks_[input] == Mark::open) report_loop(trail, input);
      if (marks_[input] != Mark::unseen) continue;
      marks_[input] = Mark::open;
      trail.emplace_back(input, 0);
    }
  }

  void report_loop(std::vector<std::pair<std::size_t, std::size_t>> const& trail,
                   std::size_t closing) {
    std::vector<std::string> names;
    auto const start = std::find_if(trail.begin(), trail.end(),
                                    [&](auto const& each) { return each.first == closing; });
    for (auto each = start; each != trail.end(); ++each) {
      names.push_back(bill_.lines[each->first].name);
    }
    names.push_back(bill_.lines[closing].name);
    errors_.add(ErrorCode::bad_value,
                fmt::format("inputs run in a circle: {}", fmt::join(names, " > ")),
                "bill of materials", "leave out the smallest of these inputs");
  }

  Bill const& bill_;
  ErrorList& errors_;
  std::vector<Mark> marks_;
  std::vector<std::size_t> order_;
};

}  // namespace

Result<BillCost> roll_up(Bill const& bill) {
  ErrorList errors;
  for (auto const& line : bill.lines) check_line(bill, line, errors);
  if (!errors.empty()) return fail(errors.joined());
  auto const order = Ordering(bill, errors).of_all();
  if (!errors.empty()) return fail(errors.joined());

  auto const regions = bill.regions.size();
  BillCost cost;
  cost.unit_cost.assign(bill.lines.size(), 0);
  cost.origin.assign(bill.lines.size(), std::vector<double>(regions, 0));
  for (auto const k : order) {
    auto const& line = bill.lines[k];
    double total = line.own_cost;
    auto& origin = cost.origin[k];
    for (std::size_t r = 0; r < regions; ++r) origin[r] = line.own_cost * line.origin[r];
    for (auto const& input : line.inputs) {
      auto const bought = input.amount * cost.unit_cost[input.line];
      total += bought;
      for (std::size_t r = 0; r < regions; ++r) origin[r] += bought * cost.origin[input.line][r];
    }
    for (auto& each : origin) each = total > 0 ? each / total : 0;
    cost.unit_cost[k] = total * (1 + line.surcharge) / line.yield;
    if (!std::isfinite(cost.unit_cost[k])) {
      return fail(ErrorCode::bad_value, "the cost of a unit is beyond all numbers", line.name,
                  "check amounts and costs of its inputs");
    }
  }
  return cost;
}

std::vector<double> parts_of(Bill const& bill, std::size_t product) {
  LINCHPIN_EXPECTS(product < bill.lines.size());
  ErrorList errors;
  auto const order = Ordering(bill, errors).of_all();
  LINCHPIN_EXPECTS(errors.empty());
  // What one money of own cost of a line adds to a unit of the product: users before inputs.
  std::vector<double> weight(bill.lines.size(), 0.0), parts(bill.lines.size(), 0.0);
  auto const passed_on = [&](std::size_t k) {
    return (1 + bill.lines[k].surcharge) / bill.lines[k].yield;
  };
  weight[product] = passed_on(product);
  for (auto each = order.rbegin(); each != order.rend(); ++each) {
    auto const& line = bill.lines[*each];
    parts[*each] = weight[*each] * line.own_cost;
    for (auto const& input : line.inputs) {
      weight[input.line] += weight[*each] * input.amount * passed_on(input.line);
    }
  }
  return parts;
}

Bill bill_of(parameters::Technology const& technology, std::span<double const> values) {
  LINCHPIN_EXPECTS(values.size() == technology.numbers.size());
  std::set<std::string> regions;
  for (auto const& stage : technology.stages) {
    for (auto const& supplier : stage.suppliers) regions.insert(supplier.region);
  }
  Bill bill;
  bill.regions.assign(regions.begin(), regions.end());
  auto const place = [&](std::string const& region) {
    return static_cast<std::size_t>(
        std::lower_bound(bill.regions.begin(), bill.regions.end(), region) - bill.regions.begin());
  };
  for (auto const& stage : technology.stages) {
    BillLine line;
    line.name = stage.name;
    line.own_cost = values[stage.own_cost];
    line.origin.assign(bill.regions.size(), 0);
    double sum = 0;
    for (auto const& supplier : stage.suppliers) {
      line.origin[place(supplier.region)] += values[supplier.share];
      sum += values[supplier.share];
    }
    // Draws and presets move shares one by one: more than all there is becomes all there is.
    if (sum > 1) {
      for (auto& each : line.origin) each /= sum;
    }
    for (auto const& input : stage.inputs)
      line.inputs.push_back({input.stage, values[input.amount]});
    bill.lines.push_back(std::move(line));
  }
  return bill;
}

Bill with_home_made(Bill bill, std::size_t home, std::span<double const> home_made) {
  LINCHPIN_EXPECTS(home < bill.regions.size() && home_made.size() == bill.lines.size());
  for (std::size_t k = 0; k < bill.lines.size(); ++k) {
    for (auto& each : bill.lines[k].origin) each *= 1 - home_made[k];
    bill.lines[k].origin[home] += home_made[k];
  }
  return bill;
}

double LineChoice::advantage_of_home() const {
  return foreign_price + ban_probability * loss - home_cost -
         switching_cost * capital_recovery_factor(rate, years);
}

}  // namespace linchpin::localize
