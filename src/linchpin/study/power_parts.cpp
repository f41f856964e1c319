// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/power_parts.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "linchpin/study/short_run_model.h"

namespace linchpin::study {
namespace {

using leverage::PairPower;

bool asks_short_run(PowerRequest const& request, PowerPair const& pair) {
  auto const& asked = request.short_run_pairs;
  if (asked.empty()) return true;
  auto const name = fmt::format("{}>{}", fmt::join(pair.senders, "+"), pair.target);
  return std::find(asked.begin(), asked.end(), name) != asked.end();
}

}  // namespace

/// [pair] ln of the cost index through the network.
Result<std::vector<double>> cost_indices(leverage::PriceWorld const& prices,
                                         PowerQuestion const& question, RunControl const& control) {
  return for_each_denial<double>(
      question.denials, "cost indices", control, [&](Denial const& denial) -> Result<double> {
        auto const power = leverage::power_over(prices, denial.senders, denial.target,
                                                {question.sectors, question.outer, true});
        if (!power) return fail(power.error());
        return power->network.log_cost;
      });
}

Result<std::vector<EquilibriumPower>> settled_powers(equilibrium::TradeBase const& base,
                                                     equilibrium::Closure const& closure,
                                                     PowerQuestion const& question, bool full_break,
                                                     RunControl const& control) {
  leverage::EquilibriumPowerOptions const options{question.sectors, full_break, closure};
  return for_each_denial<EquilibriumPower>(
      question.denials, "equilibria", control, [&](Denial const& denial) {
        return leverage::equilibrium_power(base, denial.senders, denial.target, options);
      });
}

Result<void> add_short_run(Economy const& economy, PowerQuestion const& question,
                           PowerRequest const& request, ParameterSource const& source,
                           PowerAnswer& answer, RunControl const& control) {
  auto const models = short_run_models(economy.space(), source, request.days,
                                       request.short_run_range, answer.warnings);
  if (!models) return fail(models.error());
  answer.short_run_model = short_run_words(*models);
  leverage::ShortRunOptions options;
  options.full_break = request.full_break;
  for (auto const j : question.sectors) {
    options.sectors.push_back(SectorId{j});
  }
  std::vector<Denial> denials;
  std::vector<std::size_t> places;
  for (std::size_t k = 0; k < question.denials.size(); ++k) {
    if (!asks_short_run(request, answer.pairs[k])) continue;
    denials.push_back(question.denials[k]);
    places.push_back(k);
  }
  if (denials.size() < question.denials.size()) {
    answer.short_run_reason = "the short run was asked for other pairs only";
  }
  for (auto const& model : *models) {
    options.model = model.options;
    auto const losses = leverage::short_run_losses(economy, denials, options, control);
    if (!losses) return fail(losses.error());
    bool const central = &model == &models->front();
    for (std::size_t k = 0; k < losses->size(); ++k) {
      auto& pair = answer.pairs[places[k]];
      auto const loss = (*losses)[k];
      if (central) pair.short_run_pct = loss;
      if (models->size() == 1) continue;
      pair.short_run_low_pct = central ? loss : std::min(*pair.short_run_low_pct, loss);
      pair.short_run_high_pct = central ? loss : std::max(*pair.short_run_high_pct, loss);
    }
  }
  return {};
}

Result<void> add_by_sector(LeverageWorld const& world, Economy const* economy,
                           PowerQuestion const& question, PowerRequest const& request,
                           ParameterSource const& source, PowerAnswer& answer,
                           RunControl const& control) {
  std::optional<leverage::ShortRunOptions> short_run;
  if (economy != nullptr && request.short_run) {
    std::vector<std::string> said;  // by the run of all sectors already
    auto const models = short_run_models(economy->space(), source, request.days, false, said);
    if (!models) return fail(models.error());
    short_run.emplace();
    short_run->full_break = request.full_break;
    short_run->model = models->front().options;
  }
  for (std::size_t j = 0; j < world.base.grid.sectors; ++j) {
    auto const& asked = question.sectors;
    if (!asked.empty() && std::find(asked.begin(), asked.end(), j) == asked.end()) continue;
    PowerQuestion const one{question.denials, {j}, question.outer};
    auto const powers =
        for_each_denial<PairPower>(one.denials, "cost indices", control, [&](Denial const& denial) {
          return leverage::power_over(world.prices, denial.senders, denial.target,
                                      {one.sectors, one.outer, true});
        });
    if (!powers) return fail(powers.error());
    auto const settled =
        settled_powers(world.base, world.closure, one, request.full_break, control);
    if (!settled) return fail(settled.error());
    std::vector<double> losses;
    if (short_run) {
      short_run->sectors = {SectorId{j}};
      auto found = leverage::short_run_losses(*economy, one.denials, *short_run, control);
      if (!found) return fail(found.error());
      losses = *std::move(found);
    }
    for (std::size_t k = 0; k < powers->size(); ++k) {
      auto const& power = (*powers)[k];
      if (!power.trade) continue;
      PowerSector row;
      row.sector = world.base.sectors[j];
      row.cost_index = power.network.log_cost;
      row.cost_index_direct = power.direct.log_cost;
      row.liu_yang_target = power.first_order.over_target;
      row.liu_yang_sender = power.first_order.over_sender;
      row.monopoly = !power.network.monopoly.empty();
      row.target_loss_pct = (*settled)[k].target_loss_pct;
      for (double const loss : (*settled)[k].sender_loss_pct) {
        row.sender_loss_pct = std::max(row.sender_loss_pct.value_or(loss), loss);
      }
      if (short_run) row.short_run_pct = losses[k];
      answer.pairs[k].by_sector.push_back(std::move(row));
    }
  }
  return {};
}

}  // namespace linchpin::study
