// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "apps/linchpin/context.h"
#include "apps/linchpin/disrupt_ensemble.h"
#include "apps/linchpin/equilibrium_commands.h"
#include "apps/linchpin/origin.h"
#include "apps/linchpin/parameter_files.h"
#include "apps/linchpin/terminal.h"
#include "linchpin/results/json.h"
#include "linchpin/results/leverage_answer.h"
#include "linchpin/study/supply_tree_run.h"

namespace linchpin::app {

// Shared by the commands under `linchpin leverage` that ask a world.

/// What all of them take: the world and its trade elasticities.
struct LeverageOptions {
  std::string world, theta;
  std::optional<double> horizon;
  EnsembleOptions ensemble;
};

/// world, --theta, --horizon; if `draws`: --draws and --seed.
void add_leverage_options(CLI::App& command, LeverageOptions& options, bool draws);

/// \error bad_usage  no world; draws without a seed
[[nodiscard]] Result<void> check_leverage_options(LeverageOptions const& options,
                                                  char const* command);

[[nodiscard]] study::TradeModelSpec trade_model(LeverageOptions const& options);
[[nodiscard]] std::optional<study::EnsembleSpec> draws_of(LeverageOptions const& options);

/// The member `origin` of a document.
[[nodiscard]] Result<Json> leverage_origin(LeverageOptions const& options, TradeInput const& input,
                                           ParameterFiles const& parameters, RunClock const& clock,
                                           std::vector<std::pair<std::string, OptionValue>> more);

/// Warnings and what the numbers rest on, under an answer for people.
void print_leverage_ending(EquilibriumSetting const& setting,
                           std::vector<std::string> const& warnings);

/// The first `most` of a list, then how many more there are.
[[nodiscard]] std::vector<std::string> first_of(std::vector<std::string> const& list,
                                                std::size_t most);

/// \error bad_usage  no target
[[nodiscard]] Result<void> check_target(std::string const& target, char const* command);

/// Files of the set of trade elasticities that was asked for.
[[nodiscard]] std::vector<std::string> asked_sets(LeverageOptions const& options);

/// A question about one target on one world.
template <typename Answer>
struct LeverageQuestion {
  char const* command;
  std::string target;
  std::function<Result<Answer>(study::TradeGround const&, study::ParameterSource const&)> ask;
  std::function<void(Answer const&)> print;  ///< for people
  std::function<Json(Answer const&, Json origin)> to_json;
};

/// Checks what all such commands take, opens the world, asks, and prints the answer or its
/// document, whose origin has `more` beside elasticities, horizon and target.
template <typename Answer>
Result<void> answer_leverage(LeverageOptions const& options,
                             LeverageQuestion<Answer> const& question,
                             std::vector<std::pair<std::string, OptionValue>> more,
                             Context const& context) {
  RunClock const clock;
  if (auto const sound = check_leverage_options(options, question.command); !sound) return sound;
  if (auto const sound = check_target(question.target, question.command); !sound) return sound;
  auto const input = open_trade_input(options.world, {}, {}, context);
  if (!input) return fail(input.error());
  ParameterFiles parameters({}, asked_sets(options), context);
  auto const answer = question.ask(input->ground, parameters.source());
  finish_progress();
  if (!answer) return fail(answer.error());
  if (!context.json) {
    question.print(*answer);
    return {};
  }
  std::vector<std::pair<std::string, OptionValue>> all{{"theta", answer->setting.theta},
                                                       {"horizon", answer->setting.horizon},
                                                       {"target", question.target}};
  all.insert(all.end(), more.begin(), more.end());
  auto origin = leverage_origin(options, *input, parameters, clock, std::move(all));
  if (!origin) return fail(origin.error());
  print_line(to_text(question.to_json(*answer, *std::move(origin))));
  return {};
}

/// Prints, or writes as JSON, who could deny which stages of a technology.
[[nodiscard]] Result<void> run_leverage_tree(study::SupplyTreeRequest const& request,
                                             Context const& context);

/// Sellers of products, by files of trade.
struct ProductLinkOptions {
  std::vector<std::string> files;  ///< as of `depend products`
  std::string elasticities, codes, target;
  std::optional<int> year;
  std::optional<double> spending;
  std::size_t k = 5, top = 10;
};
[[nodiscard]] Result<void> run_leverage_products(ProductLinkOptions const& options,
                                                 Context const& context);

// Each adds its subcommand to `leverage`.
void add_leverage_power(CLI::App& leverage, Context& context, Action& action);
void add_leverage_chokepoints(CLI::App& leverage, Context& context, Action& action);
void add_leverage_defend(CLI::App& leverage, Context& context, Action& action);
void add_leverage_flows(CLI::App& leverage, Context& context, Action& action);
void add_leverage_bargain(CLI::App& leverage, Context& context, Action& action);
void add_leverage_signal(CLI::App& leverage, Context& context, Action& action);
void add_leverage_frontier(CLI::App& leverage, Context& context, Action& action);

}  // namespace linchpin::app
