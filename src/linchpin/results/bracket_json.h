// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "linchpin/disrupt/bracket.h"
#include "linchpin/economy/industry_space.h"
#include "linchpin/results/json.h"

namespace linchpin {

/// Adds `bracket` and `order_violations` to a document "linchpin.disrupt" (docs/formats/json.md): the
/// losses of final use with what each rests on, by region; null beside `bracket_reason` where there
/// is none.
void add_bracket(Json& document, IndustrySpace const& space, disrupt::BracketAnswer const& answer);

/// "Final use of China over 365 days: best 0.000 .. central 0.186 .. worst 0.255 % lost …", or why
/// there is no bracket.
[[nodiscard]] std::string bracket_words(IndustrySpace const& space,
                                        disrupt::BracketAnswer const& answer);

/// Why the daily model lies outside the bracket, one sentence; empty if it does not.
[[nodiscard]] std::string outside_words(IndustrySpace const& space,
                                        disrupt::BracketAnswer const& answer);

/// What a case assumes, one sentence.
struct CaseWords {
  char const* name;
  char const* rests_on;
};
inline constexpr CaseWords best_words{
    "best",
    "free re-sourcing: totals over the horizon, each buyer may turn to any seller of a product that "
    "is not cut off from it, overproduction is there from the first day, stocks may be used up"};
inline constexpr CaseWords central_words{
    "central", "the daily model with the options of the scenario, unclamped"};
inline constexpr CaseWords worst_words{
    "worst",
    "no re-sourcing: baseline shares of sellers, what is short is rationed in proportion over all "
    "clients, orders stay as in the baseline, stocks only as far as output does not depend on them"};
inline constexpr CaseWords by_seller_words{
    "worst_by_seller",
    "as worst, and no seller of a product can stand in for another even in part: the bound for inputs "
    "that are specific to their seller"};

}  // namespace linchpin
