// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/leverage/chokepoints.h"

namespace linchpin::leverage {

/// Who makes a stage: a firm, or all makers of a country.
struct StageMaker {
  std::string name;         ///< "ASML", "NLD"
  std::size_t country = 0;  ///< place in the list of countries
  double share = 0;         ///< of what the target buys of the stage, 0…1
};

/// A step of a product line that is bought from several makers.
struct TreeStage {
  std::string name;
  double own_cost = 0;  ///< per unit, its inputs of this list left out [money]
  double theta = 1;     ///< σ − 1 between makers of the stage, > 0
  /// A stage that gates: once less than this share is left nothing that needs it is made, whatever
  /// the price. Empty: makers replace each other as long as one is left.
  std::optional<double> needed;
  struct Input {
    std::size_t stage;
    double amount;  ///< units per unit
  };
  std::vector<Input> inputs;
  std::vector<StageMaker> makers;  ///< what is missing to 1 are others, whom nobody asks to deny
};

/// What denials do to the product.
struct TreeDenial {
  double log_cost = 0;               ///< ln of the product's unit cost over that without denials
  std::vector<std::size_t> stopped;  ///< stages that cannot be had: the product is not made
};

/// A product line with its makers, valid from birth, never changed.
///
/// Stages need fixed amounts of their inputs (Leontief), makers of one stage are CES varieties:
/// without makers of a share ω a unit costs (1 − ω)^(−1/θ) times as much, so
///
///   c_l = (own_l + Σ amount c_input) (1 − ω_l)^(−1/θ_l).
///
/// Denied shares of a stage add up first: makers are worth more together within it. ln c of the
/// product is convex in the ln of these factors (a sum of products), so stages are worth more
/// together, too.
class SupplyTree {
 public:
  /// \error bad_value  costs below 0, θ ≤ 0, shares outside 0…1 or in sum above 1, `needed` outside
  ///                   0…1, places that do not exist, inputs that run in a circle, a product that
  ///                   costs nothing; all at once
  [[nodiscard]] static Result<SupplyTree> make(std::vector<TreeStage> stages, std::size_t product,
                                               std::vector<std::string> countries);

  [[nodiscard]] std::vector<TreeStage> const& stages() const noexcept { return stages_; }
  [[nodiscard]] std::vector<std::string> const& countries() const noexcept { return countries_; }
  /// Stages the product needs, at whatever depth, itself included.
  [[nodiscard]] std::vector<char> const& used() const noexcept { return used_; }

  /// \param denied  [stage] share of its supply that is gone, 0…1
  [[nodiscard]] TreeDenial without(std::span<double const> denied) const;
  /// [stage] share of the product's unit cost that passes through the stage, after denials.
  [[nodiscard]] std::vector<double> cost_shares(std::span<double const> denied) const;
  /// [stage] share of the product's unit cost that arises at the stage itself, without denials;
  /// they sum to 1.
  [[nodiscard]] std::vector<double> own_shares() const;
  /// True if so much of a stage gone means that it cannot be had.
  [[nodiscard]] bool stops(std::size_t stage, double denied) const;

 private:
  SupplyTree() = default;
  [[nodiscard]] std::vector<double> unit_costs(std::span<double const> denied) const;

  std::vector<TreeStage> stages_;
  std::size_t product_ = 0;
  std::vector<std::string> countries_;
  std::vector<std::size_t> order_;  ///< inputs before what needs them
  std::vector<char> used_;
};

/// One maker of one stage.
struct TreeLink {
  std::size_t stage = 0;
  std::size_t maker = 0;  ///< place in TreeStage::makers
};

/// Candidates "ASML:lithography" of a search for one target: all makers outside it of stages that
/// the product needs. Weights are cost shares without denials. Ceilings dominate: by convexity
/// ln c(s) − ln c(0) ≤ Σ_l w_l(s) s_l with s_l = −ln(1 − ω_l)/θ_l, and the cost share w_l(s) is at
/// most what passes through l when the k largest makers are gone everywhere on its way, over that
/// plus the rest of the product's cost without denials, and at most 1.
struct TreeScreen {
  Screen screen;
  std::vector<TreeLink> links;  ///< [candidate]
};
[[nodiscard]] TreeScreen tree_screen(SupplyTree const& tree, std::size_t target, std::size_t k);

/// Full model of a search: ln of the product's cost; `lost` where a stage cannot be had. Senders'
/// losses are what arises at the stages they withhold, as a share of the product's cost without
/// denials, by country. Keeps references.
[[nodiscard]] DenialEvaluator tree_evaluator(SupplyTree const& tree, TreeScreen const& screen);

/// What a country, or a firm, can do alone by withholding every stage it makes.
struct TreeActor {
  std::string name;
  std::size_t country = 0;
  bool firm = false;
  TreeDenial denial;
  double value = 0;  ///< what arises at its stages, share of the product's cost
};

/// Every country and every firm outside the target; those that stop the product first, then by
/// cost, then by name. Who stops it alone is a single point of failure.
[[nodiscard]] std::vector<TreeActor> tree_actors(SupplyTree const& tree, std::size_t target);

/// Fewest links, or countries, whose denial stops a stage, and so the product.
struct TreeCut {
  std::size_t stage = 0;
  std::vector<std::string> members;  ///< links "ASML:lithography", or countries
};

/// One for each stage that can be stopped: its largest makers until too little is left (exact).
/// Fewest members first, then in the order of stages: every stage is needed, so the first is the
/// smallest cut of the tree.
[[nodiscard]] std::vector<TreeCut> link_cuts(SupplyTree const& tree, std::size_t target);
[[nodiscard]] std::vector<TreeCut> country_cuts(SupplyTree const& tree, std::size_t target);

}  // namespace linchpin::leverage
