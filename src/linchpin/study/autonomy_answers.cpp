// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/autonomy_answers.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "linchpin/core/nearest.h"
#include "linchpin/economy/trade_accounts_of.h"
#include "linchpin/parameters/technology_market.h"
#include "linchpin/study/autonomy_compute.h"
#include "linchpin/study/autonomy_maker.h"
#include "linchpin/study/technology_names.h"

namespace linchpin::study {
namespace {

constexpr char const* sets_name = "trade_elasticities.csv";
constexpr char const* horizon_name = "trade_elasticity_horizon.csv";

std::string shipped(std::string_view name) { return fmt::format("default:{}", name); }

Result<parameters::Technology> read_technology(std::string const& name,
                                               ParameterSource const& files) {
  auto const toml = files.read(technology_file(name, "technology.toml"));
  if (!toml) return fail(unknown_technology(name, "technology", toml.error()));
  auto const csv = files.read(technology_file(name, "numbers.csv"));
  if (!csv) return fail(csv.error());
  return parameters::read_technology(*toml, name + "/technology.toml", *csv, "numbers.csv");
}

Error unknown_region(AutonomyStudy const& study, std::vector<std::string> const& regions) {
  return {ErrorCode::unknown_label, fmt::format("no region is called '{}'", study.region.value),
          study.region.where,
          did_you_mean(study.region.value, regions, "name a region of the world")};
}

Error unknown_sector(AutonomyTechnology const& asked, std::string const& sector) {
  return {ErrorCode::unknown_label,
          fmt::format("{} belongs to sector '{}', which this world does not have", asked.name.value,
                      sector),
          asked.name.where, "use a world with that sector: world-2022e"};
}

bool contains(std::vector<std::string> const& list, std::string const& label) {
  return std::find(list.begin(), list.end(), label) != list.end();
}

bool all_given(AutonomyTechnology const& technology) {
  return std::all_of(technology.numbers.begin(), technology.numbers.end(),
                     [](AutonomyNumber const& number) { return number.given; });
}

/// Those that have no usual value.
bool all_needed_given(AutonomyTechnology const& technology) {
  for (std::size_t k = 0; k < autonomy_number_kinds.size(); ++k) {
    if (!technology.numbers[k].given && !autonomy_number_kinds[k].otherwise) return false;
  }
  return true;
}

/// The technology with numbers that the study leaves out filled from its market.csv.
Result<AutonomyTechnology> with_market(AutonomyTechnology technology, AutonomyStudy const& study,
                                       ParameterSource const& files) {
  if (all_given(technology)) return technology;
  auto const file = technology_file(technology.name.value, "market.csv");
  auto const text = files.read(file);
  if (!text && all_needed_given(technology)) {
    ErrorList none;
    fill_numbers(technology, {}, none);
    return technology;
  }
  if (!text) return fail(text.error());
  auto const market = parameters::read_technology_market(
      *text, fmt::format("{}/market.csv", technology.name.value), study.region.value);
  if (!market) return fail(market.error());
  ErrorList errors;
  fill_numbers(technology, *market, errors);
  if (!errors.empty()) return fail(errors.joined());
  return technology;
}

/// What all technologies of a study share.
struct Shared {
  TradeAccounts accounts;
  parameters::SectorElasticities theta;
  parameters::HorizonProfile profile;
  std::size_t home = 0;
};

Result<Shared> open_shared(AutonomyStudy const& study, Economy const& economy,
                           ParameterSource const& files, RunControl const& control) {
  auto accounts = trade_accounts_of(economy, {}, control);
  if (!accounts) return fail(accounts.error());
  auto const& regions = accounts->regions;
  auto const home = std::find(regions.begin(), regions.end(), study.region.value);
  if (home == regions.end()) return fail(unknown_region(study, regions));
  auto const place = static_cast<std::size_t>(home - regions.begin());
  auto const text = files.read(shipped(sets_name));
  if (!text) return fail(text.error());
  auto const set = parameters::read_trade_elasticities(*text, sets_name);
  if (!set) return fail(set.error());
  auto theta = parameters::trade_elasticities_of({&*set, 1}, economy.space().labels().sectors);
  if (!theta) return fail(theta.error());
  auto const profile_text = files.read(shipped(horizon_name));
  if (!profile_text) return fail(profile_text.error());
  auto const profile = parameters::read_horizon_profile(*profile_text, horizon_name);
  if (!profile) return fail(profile.error());
  return Shared{*std::move(accounts), *std::move(theta), *profile, place};
}

/// What a study asks besides the curve.
Result<void> ask_more(AutonomyGround const& ground, AutonomyAnswer& answer,
                      RunControl const& control) {
  auto const& asks = ground.study->asks;
  std::vector<double> central;
  for (auto const& each : answer.parameters) central.push_back(each.value);
  auto subsidies = test_subsidies(ground, central, answer.central, control);
  if (!subsidies) return fail(subsidies.error());
  answer.subsidies = *std::move(subsidies);
  // Denial for ever may ask for more than there is: the rest of the answer stands without it.
  if (auto denials = run_denials(ground, central, control)) {
    answer.denials = *std::move(denials);
  } else if (denials.error().code == ErrorCode::cancelled) {
    return fail(denials.error());
  } else {
    answer.warnings.push_back(
        fmt::format("Paths under lasting denial could not be run: {}", denials.error().what));
  }
  if (asks.presets) {
    auto presets = run_presets(ground, control);
    if (!presets) return fail(presets.error());
    answer.presets = *std::move(presets);
    for (auto const& each : answer.presets) {
      if (each.preset == asks.preset) continue;  // said of the central paths
      answer.warnings.insert(answer.warnings.end(), each.remarks.begin(), each.remarks.end());
    }
  }
  CurveOf const curve_of = [](localize::AutonomyCase const& each, RunControl const& inner) {
    return localize::autonomy_curve(each, inner, localize::PathDetail::own);
  };
  if (asks.driver_draws > 0) {
    auto drivers = find_drivers(ground, answer.parameters, curve_of, control);
    if (!drivers) return fail(drivers.error());
    answer.drivers = *std::move(drivers);
  }
  if (asks.optimal) {
    auto optimal = find_programme(ground, central, curve_of, control);
    if (!optimal) return fail(optimal.error());
    answer.optimal = *std::move(optimal);
  }
  return {};
}

Result<OpenedTechnology> open_on(AutonomyStudy const& study, AutonomyTechnology const& asked,
                                 Shared const& shared, ParameterSource const& files) {
  auto technology = read_technology(asked.name.value, files);
  if (!technology) return fail(technology.error());
  auto complete = with_market(asked, study, files);
  if (!complete) return fail(complete.error());
  OpenedTechnology opened;
  opened.asked = std::make_unique<AutonomyTechnology>(*std::move(complete));
  auto& ground = opened.ground;
  ground.study = &study;
  ground.asked = opened.asked.get();
  auto whole = with_tools(*std::move(technology), asked, study.region.value);
  if (!whole) return fail(whole.error());
  ground.technology = *std::move(whole);
  ground.accounts = shared.accounts;
  ground.theta = shared.theta.theta;
  ground.home = shared.home;
  ground.profile = shared.profile;
  auto const& sectors = ground.accounts.sectors;
  auto const host = std::find(sectors.begin(), sectors.end(), ground.technology.sector);
  if (host == sectors.end()) return fail(unknown_sector(asked, ground.technology.sector));
  auto const place = static_cast<std::size_t>(host - sectors.begin());
  ground.theta_low = shared.theta.low[place];
  ground.theta_high = shared.theta.high[place];
  return opened;
}

Result<AutonomyAnswer> answer_for(AutonomyStudy const& study, AutonomyTechnology const& asked,
                                  Shared const& shared, Economy const& economy,
                                  ParameterSource const& files, RunControl const& control,
                                  DrawStore const& draws) {
  auto opened = open_on(study, asked, shared, files);
  if (!opened) return fail(opened.error());
  auto& ground = opened->ground;
  // Before anything long begins.
  if (auto const fine = check_drivers(ground); !fine) return fail(fine.error());
  auto losses = first_year_losses(ground, economy, control);
  if (!losses) return fail(losses.error());
  ground.first_year = *std::move(losses);
  for (auto& remark : first_year_remarks(ground)) ground.warnings.push_back(std::move(remark));
  AutonomyDraws own;
  if (draws.sink) {
    own.checkpoint = draws.sink(static_cast<std::size_t>(&asked - study.technologies.data()));
  }
  if (draws.fingerprint) {
    auto found = draws.fingerprint();
    if (!found) return fail(found.error());
    own.fingerprint = *std::move(found);
  }
  auto answer = run_autonomy(ground, control, own);
  if (!answer) return fail(answer.error());
  if (auto const region = economy.space().find_region(study.region.value, "")) {
    answer->region_name = economy.space().name(*region);
  }
  for (auto& name : answer->region_names) {
    if (auto const region = economy.space().find_region(name, "")) {
      name = economy.space().name(*region);
    }
  }
  for (auto& name : answer->sector_names) {
    if (auto const sector = economy.space().find_sector(name, "")) {
      name = economy.space().name(*sector);
    }
  }
  if (auto const more = ask_more(ground, *answer, control); !more) return fail(more.error());
  return answer;
}

}  // namespace

std::string technology_file(std::string_view technology, std::string_view file) {
  if (technology.find('/') != std::string_view::npos) return fmt::format("{}/{}", technology, file);
  return shipped(fmt::format("technologies/{}/{}", technology, file));
}

Result<void> keep_technologies(AutonomyStudy& study, std::vector<std::string> const& names,
                               std::string const& where) {
  if (names.empty()) return {};
  std::vector<std::string> known;
  for (auto const& each : study.technologies) known.push_back(each.name.value);
  ErrorList errors;
  for (auto const& wanted : names) {
    if (std::find(known.begin(), known.end(), wanted) != known.end()) continue;
    errors.add(ErrorCode::unknown_label, fmt::format("the study has no technology '{}'", wanted),
               where, did_you_mean(wanted, known, "name one of the study"));
  }
  if (!errors.empty()) return fail(errors.joined());
  std::erase_if(study.technologies, [&](auto const& each) {
    return std::find(names.begin(), names.end(), each.name.value) == names.end();
  });
  return {};
}

Result<void> check_autonomy_labels(AutonomyStudy const& study, IndustrySpace const& space,
                                   ParameterSource const& files) {
  ErrorList errors;
  auto const regions = space.region_labels();
  if (!contains(regions, study.region.value)) errors.add(unknown_region(study, regions));
  for (auto const& asked : study.technologies) {
    auto const technology = read_technology(asked.name.value, files);
    if (!technology) {
      errors.add(technology.error());
      continue;
    }
    if (!contains(space.sector_labels(), technology->sector)) {
      errors.add(unknown_sector(asked, technology->sector));
    }
    if (auto const whole = with_tools(*technology, asked, study.region.value); !whole) {
      errors.add(whole.error());
    }
    auto const complete = with_market(asked, study, files);
    if (!complete) {
      errors.add(complete.error());
    } else if (auto const sided = check_sides(*complete, study.asks); !sided) {
      errors.add(sided.error());
    }
  }
  if (auto const computed = check_compute(study, files); !computed) errors.add(computed.error());
  if (!errors.empty()) return fail(errors.joined());
  return {};
}

Result<OpenedTechnology> open_technology(AutonomyStudy const& study,
                                         AutonomyTechnology const& asked, Economy const& economy,
                                         ParameterSource const& files, RunControl const& control) {
  auto const shared = open_shared(study, economy, files, control);
  if (!shared) return fail(shared.error());
  return open_on(study, asked, *shared, files);
}

Result<std::vector<AutonomyAnswer>> answer_autonomy_study(AutonomyStudy const& study,
                                                          Economy const& economy,
                                                          ParameterSource const& files,
                                                          RunControl const& control,
                                                          DrawStore const& draws) {
  if (auto const fine = check_autonomy_labels(study, economy.space(), files); !fine) {
    return fail(fine.error());
  }
  auto const shared = open_shared(study, economy, files, control);
  if (!shared) return fail(shared.error());
  std::vector<AutonomyAnswer> answers;
  for (auto const& asked : study.technologies) {
    auto answer = answer_for(study, asked, *shared, economy, files, control, draws);
    if (!answer) return fail(answer.error());
    answers.push_back(*std::move(answer));
  }
  if (study.asks.compute_draws && !answers.empty()) {
    if (auto const which = compute_technology(study, files)) {
      if (auto const added = add_compute(answers[*which], study, files, control); !added) {
        return fail(added.error());
      }
    } else {
      answers.front().warnings.emplace_back(
          "The study asks for computing power, but no technology here makes accelerators: nothing "
          "is said about it.");
    }
  }
  return answers;
}

}  // namespace linchpin::study
