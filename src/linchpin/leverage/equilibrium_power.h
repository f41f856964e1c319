// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/equilibrium/closure.h"
#include "linchpin/equilibrium/solve.h"
#include "linchpin/equilibrium/trade_base.h"
#include "linchpin/leverage/chokepoints.h"
#include "linchpin/leverage/price_world.h"

namespace linchpin::leverage {

/// Losses below this count as none: a sender that loses less has nothing to fear from its threat.
inline constexpr double costless_pct = 0.01;

/// Share of its real final spending that a region loses against the base; below zero: it gains.
[[nodiscard]] double final_spending_loss(equilibrium::TradeBase const& base,
                                         equilibrium::Equilibrium const& found, std::size_t region);

struct EquilibriumPowerOptions {
  std::vector<std::size_t> sectors = {};  ///< that are withheld; empty: all
  bool full_break = false;  ///< the target's sales to the senders stop too; else denial one way
  equilibrium::Closure closure = {};
  double kept = 0;  ///< part of each sale that goes on, [0, 1); 0: full denials
};

/// What a denial costs both sides once prices, sources and wages have settled; per cent of real
/// final spending, exact (1 − Î/P̂), losses positive, gains negative.
struct EquilibriumPower {
  std::vector<std::size_t> senders;
  std::size_t target = 0;
  bool same = false;                      ///< the target is among the senders: nothing is asked
  bool trade = false;                     ///< something of what is withheld is sold to the target
  std::optional<double> target_loss_pct;  ///< empty: `lost` says what it would go without
  std::vector<double> sender_loss_pct;    ///< one per sender; empty with `lost`
  /// Target's loss over the largest loss of a sender; only where that exceeds `costless_pct`.
  std::optional<double> ratio;
  bool costless = false;  ///< no sender loses more than `costless_pct`
  std::string lost;       ///< essential inputs without another seller, in words; a monopoly
  /// Why the model has no answer although nothing is lost: trade that no wages balance, no finite
  /// prices, no convergence. Then no loss is known, of nobody.
  std::string failed;
};

/// \pre the base has no deficits (`consistent_base`); ids below its sizes; each sender once
/// \error cancelled; that the model has no answer is one (`failed`)
[[nodiscard]] Result<EquilibriumPower> equilibrium_power(
    equilibrium::TradeBase const& base, std::span<std::size_t const> senders, std::size_t target,
    EquilibriumPowerOptions const& options = {}, RunControl const& control = {});

/// True if `policy` leaves somebody without an input that it cannot do without: of what `solve`
/// refuses, this alone is a monopoly. Trade that no wages balance is not.
[[nodiscard]] bool essential_input_lost(equilibrium::TradeBase const& base,
                                        equilibrium::TradePolicy const& policy,
                                        equilibrium::Closure const& closure);

/// Every ordered pair of regions, sender-major (N × N entries), in parallel.
[[nodiscard]] Result<std::vector<EquilibriumPower>> all_equilibrium_pairs(
    equilibrium::TradeBase const& base, EquilibriumPowerOptions const& options = {},
    RunControl const& control = {});

/// The full model of a chokepoint search: denies links to their importers and solves. Candidate c
/// denies `links[c]`. Losses are exact, fractions of real final spending. Where the model has no
/// answer the outcome is `failed`, or `lost` if it is for want of an essential input.
[[nodiscard]] DenialEvaluator equilibrium_evaluator(equilibrium::TradeBase const& base,
                                                    std::vector<std::vector<DeniedLink>> links,
                                                    std::vector<Candidate> candidates,
                                                    std::size_t target,
                                                    equilibrium::Closure closure = {});

}  // namespace linchpin::leverage
