// SPDX-License-Identifier: Apache-2.0
#include "linchpin/leverage/supply_tree.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "linchpin/core/contracts.h"
#include "linchpin/leverage/cost_power.h"

namespace linchpin::leverage {
namespace {

constexpr double rounding = 0.02 + 1e-9;  // published shares are rounded

bool is_share(double value) { return value >= 0 && value <= 1; }

void check_stage(TreeStage const& stage, std::size_t stages, std::size_t countries,
                 ErrorList& errors) {
  auto const say = [&](std::string what, char const* hint) {
    errors.add(ErrorCode::bad_value, std::move(what), stage.name, hint);
  };
  if (!(stage.own_cost >= 0) || !std::isfinite(stage.own_cost)) {
    say(fmt::format("a cost of {}", stage.own_cost), "a finite number of 0 or more");
  }
  if (!(stage.theta > 0) || !std::isfinite(stage.theta)) {
    say(fmt::format("an elasticity of {}", stage.theta), "a finite number above 0");
  }
  if (stage.needed && !is_share(*stage.needed)) {
    say(fmt::format("needs a share of {}", *stage.needed), "a share between 0 and 1");
  }
  for (auto const& input : stage.inputs) {
    if (input.stage < stages && input.amount >= 0 && std::isfinite(input.amount)) continue;
    say(fmt::format("{} units of stage {}", input.amount, input.stage),
        "amounts of stages that exist");
  }
  double sum = 0;
  for (auto const& maker : stage.makers) {
    if (!is_share(maker.share) || maker.country >= countries) {
      say(fmt::format("'{}' makes a share of {}", maker.name, maker.share),
          "a share between 0 and 1 and a country that exists");
    }
    sum += maker.share;
  }
  if (sum > 1 + rounding) say(fmt::format("shares sum to {}", sum), "at most 1");
}

/// Depth first: inputs before what needs them.
class Ordering {
 public:
  Ordering(std::vector<TreeStage> const& stages, ErrorList& errors)
      : stages_(stages), errors_(errors), marks_(stages.size(), 0) {}

  void visit(std::size_t stage) {
    if (marks_[stage] == 2) return;
    if (marks_[stage] == 1) {
      errors_.add(ErrorCode::bad_value, "inputs run in a circle", stages_[stage].name,
                  "leave out the smallest of these inputs");
      return;
    }
    marks_[stage] = 1;
    for (auto const& input : stages_[stage].inputs) visit(input.stage);
    marks_[stage] = 2;
    order_.push_back(stage);
  }

  [[nodiscard]] std::vector<std::size_t> const& order() const noexcept { return order_; }

 private:
  std::vector<TreeStage> const& stages_;
  ErrorList& errors_;
  std::vector<char> marks_;
  std::vector<std::size_t> order_;
};

}  // namespace

Result<SupplyTree> SupplyTree::make(std::vector<TreeStage> stages, std::size_t product,
                                    std::vector<std::string> countries) {
  ErrorList errors;
  for (auto const& stage : stages) check_stage(stage, stages.size(), countries.size(), errors);
  if (product >= stages.size()) {
    errors.add(ErrorCode::bad_value, "the product is no stage", "supply tree",
               "name one of the stages");
  }
  if (!errors.empty()) return fail(errors.joined());
  // Published shares may sum to a little more than all there is.
  for (auto& stage : stages) {
    double sum = 0;
    for (auto const& maker : stage.makers) sum += maker.share;
    if (sum <= 1) continue;
    for (auto& maker : stage.makers) maker.share /= sum;
  }
  SupplyTree tree;
  Ordering ordering(stages, errors);
  ordering.visit(product);
  if (!errors.empty()) return fail(errors.joined());
  tree.order_ = ordering.order();
  tree.used_.assign(stages.size(), 0);
  for (auto const stage : tree.order_) tree.used_[stage] = 1;
  tree.stages_ = std::move(stages);
  tree.product_ = product;
  tree.countries_ = std::move(countries);
  if (!(tree.unit_costs(std::vector<double>(tree.stages_.size(), 0))[product] > 0)) {
    return fail(ErrorCode::bad_value, "the product costs nothing", tree.stages_[product].name,
                "some stage needs a cost of its own");
  }
  return tree;
}

bool SupplyTree::stops(std::size_t stage, double denied) const {
  auto const& needed = stages_[stage].needed;
  if (denied <= 0) return false;
  return denied > monopoly_share || (needed && 1 - denied < *needed - 1e-12);
}

std::vector<double> SupplyTree::unit_costs(std::span<double const> denied) const {
  std::vector<double> costs(stages_.size(), 0);
  for (auto const l : order_) {
    auto const& stage = stages_[l];
    double cost = stage.own_cost;
    for (auto const& input : stage.inputs) cost += input.amount * costs[input.stage];
    double const gone = std::clamp(denied[l], 0.0, monopoly_share);
    costs[l] = cost * std::exp(log_price_of_denial(gone, stage.theta));
  }
  return costs;
}

TreeDenial SupplyTree::without(std::span<double const> denied) const {
  LINCHPIN_EXPECTS(denied.size() == stages_.size());
  TreeDenial answer;
  std::vector<double> priced(denied.begin(), denied.end());
  for (auto const l : order_) {
    if (!stops(l, denied[l])) continue;
    answer.stopped.push_back(l);
    priced[l] = 0;  // the rest is a lower bound
  }
  std::sort(answer.stopped.begin(), answer.stopped.end());
  std::vector<double> const nothing(stages_.size(), 0);
  answer.log_cost = std::log(unit_costs(priced)[product_] / unit_costs(nothing)[product_]);
  return answer;
}

std::vector<double> SupplyTree::cost_shares(std::span<double const> denied) const {
  LINCHPIN_EXPECTS(denied.size() == stages_.size());
  auto const costs = unit_costs(denied);
  // Quantities backwards: what a unit of the product needs of each stage, dearer by the factors on
  // the way.
  std::vector<double> reach(stages_.size(), 0);
  reach[product_] = 1;
  for (auto it = order_.rbegin(); it != order_.rend(); ++it) {
    auto const& stage = stages_[*it];
    double const gone = std::clamp(denied[*it], 0.0, monopoly_share);
    double const factor = std::exp(log_price_of_denial(gone, stage.theta));
    for (auto const& input : stage.inputs) reach[input.stage] += reach[*it] * factor * input.amount;
  }
  std::vector<double> shares(stages_.size(), 0);
  for (auto const l : order_) shares[l] = reach[l] * costs[l] / costs[product_];
  return shares;
}

std::vector<double> SupplyTree::own_shares() const {
  std::vector<double> const nothing(stages_.size(), 0);
  auto const costs = unit_costs(nothing);
  auto shares = cost_shares(nothing);
  for (std::size_t l = 0; l < stages_.size(); ++l) {
    shares[l] *= costs[l] > 0 ? stages_[l].own_cost / costs[l] : 0;
  }
  return shares;
}

}  // namespace linchpin::leverage
