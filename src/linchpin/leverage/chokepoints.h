// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"

namespace linchpin::leverage {

/// Something that can be denied to a target: a link (one seller of one sector) or a product (all
/// foreign sellers at once).
struct Candidate {
  std::string label;                ///< "TWN:C26"
  std::size_t group = 0;            ///< sector; candidates of a group add up within it
  double share = 0;                 ///< denied, of the target's purchases of the group, 0…1
  std::vector<std::size_t> owners;  ///< regions that must agree to deny it
};

/// A loss that adds up over groups: Σ_g weight_g [−ln(1 − Σ shares denied in g)]/θ_g. Cheap, convex
/// within a group (sellers are worth more together), without interaction between groups.
struct Screen {
  std::vector<Candidate> candidates;
  std::vector<double> theta;   ///< [group] trade elasticity
  std::vector<double> weight;  ///< [group] best guess; orders the sets to look at
  /// [group] weights with which the sum is never below the full loss of any set of at most
  /// `k_proven` candidates. Empty: no such weights are known, and nothing is proven but by trying
  /// all sets.
  std::vector<double> ceiling;
  std::size_t k_proven = 0;
  /// [group] denied share above which a set may be `lost`; the search asks the full model by the
  /// fewest candidates that exceed it. Empty: only where nothing is left (`monopoly_share`).
  std::vector<double> most = {};
  double kept = 0;  ///< part of each denied purchase that still arrives; 0: full denials
};

/// What denying a set does, by the full model.
struct DenialOutcome {
  double target_loss = 0;
  /// Loss of each owner of a candidate in the set, in ascending order of owners; empty where there
  /// is no loss that is a number.
  std::vector<std::pair<std::size_t, double>> sender_losses;
  /// Something cannot be had at all: the loss is no number, and so with every set that contains
  /// this one. Such sets are set apart.
  bool lost = false;
  std::string failed = {};  ///< why the model has no answer; then no number above means anything
};

/// The full model: candidates by their place in `Screen::candidates`, ascending.
using DenialEvaluator = std::function<Result<DenialOutcome>(std::span<std::size_t const>)>;

struct ChokepointOptions {
  std::size_t k = 5;                        ///< candidates in a set at most
  std::optional<double> sender_limit = {};  ///< no owner in the set may lose more than this
  std::size_t resolved = 50;                ///< best sets of the screen, solved in full
  std::size_t swap_candidates = 40;  ///< best candidates of the screen, swapped into the best set
  std::size_t proof_evaluations = 20'000;  ///< of the full model while proving; 0: do not try
  std::size_t reported = 10;
  /// Sets solved in full besides those of the screen, for screens that are blind to some: places of
  /// candidates, at most k each.
  std::vector<std::vector<std::size_t>> also = {};
};

struct ChokepointSet {
  std::vector<std::size_t> members;  ///< places of candidates, ascending
  double screen_loss = 0;            ///< with `Screen::weight`
  double loss = 0;                   ///< by the full model
  /// The coalition: all that own a member, with what denying the set costs each.
  std::vector<std::pair<std::size_t, double>> coalition;
};

struct ChokepointAnswer {
  std::vector<ChokepointSet> sets;  ///< within the limit, largest loss first; may be empty
  /// No set of at most k within the limit does more: `sets[0].loss` if the search ended, else the
  /// largest bound left open. Absent where nothing is proven ("heuristic").
  std::optional<double> bound;
  bool optimal = false;  ///< the first set is proven to be the best
  /// Sets met that leave the target without a group, whatever that costs it; none contains another.
  std::vector<std::vector<std::size_t>> monopolies;
  std::size_t over_limit = 0;  ///< sets solved that cost an owner more than the limit
  std::size_t failed = 0;      ///< sets without an answer, which may be worse than any here
  std::string first_failure;
  std::size_t evaluations = 0;  ///< of the full model
};

/// Sets of at most k candidates with the largest loss of the target.
///
/// Screening: within a group candidates join in order of share (the loss is convex there), across
/// groups a knapsack; its best `resolved` sets are solved in full, then pairwise swaps with the
/// best candidates until none helps. Then branch and bound: with `ceiling` weights a branch is
/// dropped once they cannot beat the best set; without them all sets are tried if
/// `proof_evaluations` allow. Greedy gains are no bounds: losses are supermodular within a group.
/// Sets that contain a lost one are never looked at. Where sets were lost, beyond the limit or
/// without an answer and nothing is proven, the search for fewer candidates follows: more allowed
/// links never find less.
/// Sets for which the model has no answer are counted; with any of them nothing is proven.
/// An empty list of candidates or k = 0: no sets, loss and bound 0, optimal.
/// \error bad_value  candidates of no group, shares outside 0…1, θ ≤ 0, weights below 0
/// \error            of the evaluator; cancelled
[[nodiscard]] Result<ChokepointAnswer> find_chokepoints(Screen const& screen,
                                                        DenialEvaluator const& full,
                                                        ChokepointOptions const& options = {},
                                                        RunControl const& control = {});

}  // namespace linchpin::leverage
