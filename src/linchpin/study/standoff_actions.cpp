// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/standoff_actions.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "linchpin/core/contracts.h"
#include "linchpin/study/words.h"

namespace linchpin::study {
namespace {

using equilibrium::Quota;
using equilibrium::TradeBase;
using equilibrium::TradePolicy;
using Kind = StandoffInstrument::Kind;
using Names = std::vector<Placed<std::string>>;

// Each is one more unknown of the solver.
constexpr std::size_t most_quotas = 1000;

std::vector<bool> chosen(Names const& names, std::vector<std::string> const& labels,
                         std::vector<SectorLabel> const* kinds) {
  std::vector<bool> result(labels.size(), false);
  for (auto const& name : names) {
    for (std::size_t k = 0; k < labels.size(); ++k) {
      bool const kind = kinds != nullptr && ((name.value == "goods" && !(*kinds)[k].service) ||
                                             (name.value == "services" && (*kinds)[k].service));
      if (name.value == "*" || name.value == labels[k] || kind) result[k] = true;
    }
  }
  return result;
}

/// Calls `visit(sector, importer, exporter)` for every delivery that the action names.
template <typename Visit>
void for_each_delivery(StandoffActionSpec const& action, TradeBase const& base,
                       std::vector<SectorLabel> const& kinds, Visit&& visit) {
  auto const sellers = chosen(action.sellers, base.regions, nullptr);
  auto const buyers = chosen(action.buyers, base.regions, nullptr);
  auto const sectors = chosen(action.sectors, base.sectors, &kinds);
  for (std::size_t j = 0; j < base.grid.sectors; ++j) {
    for (std::size_t n = 0; sectors[j] && n < base.grid.regions; ++n) {
      for (std::size_t i = 0; buyers[n] && i < base.grid.regions; ++i) {
        if (i != n && sellers[i]) visit(j, n, i);
      }
    }
  }
}

bool is_full(StandoffInstrument const& instrument) {
  return instrument.kind == Kind::ban && instrument.number >= 1;
}

using Quotas = std::map<std::size_t, Quota>;  // by delivery

void add_action(StandoffActionSpec const& action, TradeBase const& base,
                std::vector<SectorLabel> const& kinds, TradePolicy& policy, Quotas& quotas) {
  auto const& instrument = action.instrument;
  for_each_delivery(action, base, kinds, [&](std::size_t j, std::size_t n, std::size_t i) {
    auto const cell = base.grid.pair(j, n, i);
    if (is_full(instrument)) {
      equilibrium::fill_pairs(policy.availability, base.grid, 1);
      policy.availability[cell] = 0;
    } else if (instrument.kind == Kind::tariff) {
      equilibrium::fill_tariffs(policy, base);
      policy.tariff[cell] += instrument.number;
    } else if (instrument.kind == Kind::export_tax) {
      equilibrium::fill_pairs(policy.export_tax, base.grid, 0);
      policy.export_tax[cell] += instrument.number;
    } else if (base.share[cell] > 0) {
      bool const ban = instrument.kind == Kind::ban;
      Quota const quota{j, n, i, ban ? 1 - instrument.number : instrument.number,
                        ban ? equilibrium::QuotaRents::nobody : instrument.rents};
      auto const [found, added] = quotas.emplace(cell, quota);
      if (!added && quota.limit < found->second.limit) found->second = quota;
    }
  });
}

std::string names_words(Names const& names) {
  std::vector<std::string> words;
  for (auto const& name : names) words.push_back(name.value == "*" ? "everyone" : name.value);
  return list_words(words);
}

std::string rent_words(equilibrium::QuotaRents rents) {
  switch (rents) {
    case equilibrium::QuotaRents::exporter:
      return "rents to the exporter";
    case equilibrium::QuotaRents::importer:
      return "rents to the importer";
    case equilibrium::QuotaRents::nobody:
      break;
  }
  return "rents to nobody";
}

}  // namespace

unsigned action_mask(StandoffSpec const& spec, Names const& in_force) {
  unsigned mask = 0;
  for (std::size_t a = 0; a < spec.actions.size(); ++a) {
    for (auto const& each : in_force) {
      if (each.value == spec.actions[a].name.value) mask |= 1U << a;
    }
  }
  return mask;
}

std::vector<std::string> action_names(StandoffSpec const& spec, unsigned mask) {
  std::vector<std::string> names;
  for (std::size_t a = 0; a < spec.actions.size(); ++a) {
    if ((mask >> a & 1U) != 0) names.push_back(spec.actions[a].name.value);
  }
  return names;
}

Result<TradePolicy> policy_of(StandoffSpec const& spec, unsigned mask, TradeBase const& base,
                              std::vector<SectorLabel> const& kinds) {
  TradePolicy policy;
  Quotas quotas;
  for (std::size_t a = 0; a < spec.actions.size(); ++a) {
    if ((mask >> a & 1U) != 0) add_action(spec.actions[a], base, kinds, policy, quotas);
  }
  for (auto const& [cell, quota] : quotas) {
    bool const banned = !policy.availability.empty() && policy.availability[cell] == 0;
    if (!banned) policy.quotas.push_back(quota);
  }
  if (policy.quotas.size() > most_quotas) {
    return fail(
        ErrorCode::too_large,
        fmt::format("{} quotas, one per sector, importer and exporter that trade",
                    policy.quotas.size()),
        fmt::format("actions {}", list_words(action_names(spec, mask))),
        fmt::format("name fewer of them in licences and partial bans: at most {}", most_quotas));
  }
  return policy;
}

std::size_t touched_cells(StandoffActionSpec const& action, TradeBase const& base,
                          std::vector<SectorLabel> const& kinds) {
  std::size_t cells = 0;
  for_each_delivery(action, base, kinds, [&](std::size_t j, std::size_t n, std::size_t i) {
    if (base.share[base.grid.pair(j, n, i)] > 0) ++cells;
  });
  return cells;
}

Scenario daily_scenario(StandoffSpec const& spec, unsigned mask, IndustrySpace const& space) {
  auto const regions = space.region_labels(), sectors = space.sector_labels();
  Scenario scenario;
  for (std::size_t a = 0; a < spec.actions.size(); ++a) {
    if ((mask >> a & 1U) == 0) continue;
    auto const& action = spec.actions[a];
    LINCHPIN_EXPECTS(!is_rate(action.instrument));
    Cut cut;
    auto const sellers = chosen(action.sellers, regions, nullptr);
    auto const buyers = chosen(action.buyers, regions, nullptr);
    for (std::size_t r = 0; r < regions.size(); ++r) {
      if (sellers[r]) cut.sellers.emplace_back(r);
      if (buyers[r]) cut.buyers.emplace_back(r);
    }
    auto const named = chosen(action.sectors, sectors, &space.labels().sectors);
    for (std::size_t j = 0; j < sectors.size(); ++j) {
      if (named[j]) cut.sectors.emplace_back(j);
    }
    auto const& instrument = action.instrument;
    cut.course.share = instrument.kind == Kind::ban ? instrument.number : 1 - instrument.number;
    // An empty list would stand for everything.
    if (cut.sellers.empty() || cut.buyers.empty() || cut.sectors.empty()) continue;
    if (cut.course.share > 0) scenario.cuts.push_back(std::move(cut));
  }
  return scenario;
}

bool is_rate(StandoffInstrument const& instrument) {
  return instrument.kind == Kind::tariff || instrument.kind == Kind::export_tax;
}

Names const& members_of(StandoffActionSpec const& action) {
  return action.instrument.kind == Kind::tariff ? action.buyers : action.sellers;
}

char const* kind_words(Kind kind) {
  switch (kind) {
    case Kind::ban:
      return "ban";
    case Kind::tariff:
      return "tariff";
    case Kind::export_tax:
      return "export tax";
    case Kind::licences:
      break;
  }
  return "licences";
}

std::string action_words(StandoffActionSpec const& action) {
  auto const sellers = names_words(action.sellers), buyers = names_words(action.buyers);
  bool const all = std::any_of(action.sectors.begin(), action.sectors.end(),
                               [](auto const& each) { return each.value == "*"; });
  auto const what = all ? std::string{"everything"} : names_words(action.sectors);
  auto const percent = 100 * action.instrument.number;
  switch (action.instrument.kind) {
    case Kind::ban:
      if (is_full(action.instrument)) {
        return fmt::format("no {} from {} to {}", all ? "deliveries" : what, sellers, buyers);
      }
      return fmt::format("{:g} % less {} from {} to {}", percent, what, sellers, buyers);
    case Kind::tariff:
      return fmt::format("{} levies {:g} % on {} from {}", buyers, percent, what, sellers);
    case Kind::export_tax:
      return fmt::format("{} taxes exports of {} to {} at {:g} %", sellers, what, buyers, percent);
    case Kind::licences:
      break;
  }
  return fmt::format("licences for {:g} % of {} from {} to {}, {}", percent, what, sellers, buyers,
                     rent_words(action.instrument.rents));
}

}  // namespace linchpin::study
