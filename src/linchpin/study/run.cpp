// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/run.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <mutex>

#include "linchpin/core/blas.h"
#include "linchpin/core/parallel.h"
#include "linchpin/core/version.h"
#include "linchpin/disrupt/options.h"
#include "linchpin/results/bracket_json.h"
#include "linchpin/results/bracket_tables.h"
#include "linchpin/results/depend_tables.h"
#include "linchpin/results/disrupt_tables.h"
#include "linchpin/results/ensemble_tables.h"
#include "linchpin/results/findings_table.h"
#include "linchpin/results/number_text.h"
#include "linchpin/results/swings.h"
#include "linchpin/study/answers.h"
#include "linchpin/study/headlines.h"
#include "linchpin/study/model_resolver.h"
#include "linchpin/study/notes.h"
#include "linchpin/study/scenario_bracket.h"
#include "linchpin/study/trade_study.h"
#include "linchpin/study/uncertain_run.h"
#include "linchpin/study/warnings.h"
#include "linchpin/table/check.h"

namespace linchpin::study {
namespace {

// Only goods: what cannot be stored has a short stock by convention, not by anybody's choice.
disrupt::ModelOptions with(ResolvedScenario const& scenario, Variant const& variant,
                           IndustrySpace const& space) {
  auto options = scenario.options;
  options.production = variant.production.value_or(options.production);
  options.rationing = variant.rationing.value_or(options.rationing);
  options.rationing_seed = variant.rationing_seed.value_or(options.rationing_seed);
  if (variant.production && !scenario.orders_given) {
    options.order_base = usual_orders(options.production);
  }
  options.order_base = variant.orders.value_or(options.order_base);
  if (variant.overproduction_max) options.overproduction_by_product.clear();
  options.order_rule = variant.order_rule.value_or(options.order_rule);
  for (std::size_t p = 0; p < options.inventory_days.size(); ++p) {
    if (space.labels().sectors[p].service) continue;
    options.inventory_days[p] = std::max(1.0, options.inventory_days[p] * variant.inventory_factor);
  }
  options.psi = variant.psi.value_or(options.psi);
  options.tau_inventory_days = variant.tau_inventory_days.value_or(options.tau_inventory_days);
  options.overproduction_max = variant.overproduction_max.value_or(options.overproduction_max);
  options.tau_overproduction_days =
      variant.tau_overproduction_days.value_or(options.tau_overproduction_days);
  return options;
}

bool same(disrupt::ModelOptions const& a, disrupt::ModelOptions const& b) {
  return a.order_rule == b.order_rule && a.inventory_days == b.inventory_days && a.psi == b.psi &&
         a.tau_inventory_days == b.tau_inventory_days &&
         a.overproduction_max == b.overproduction_max &&
         a.tau_overproduction_days == b.tau_overproduction_days &&
         a.overproduction_by_product == b.overproduction_by_product &&
         a.production == b.production && a.rationing == b.rationing &&
         a.rationing_seed == b.rationing_seed && a.order_base == b.order_base;
}

/// One simulation to do: the central run of a scenario, or a variant.
struct Task {
  std::size_t scenario = 0;
  std::string variant;  ///< empty: the central run
  disrupt::ModelOptions options;
  Result<disrupt::Path> path = disrupt::Path{};
};

std::vector<Task> tasks_of(ResolvedStudy const& study, IndustrySpace const& space) {
  std::vector<Task> tasks;
  for (std::size_t k = 0; k < study.scenarios.size(); ++k) {
    auto const& central = study.scenarios[k].options;
    tasks.push_back({k, {}, central});
    for (auto const& variant : study.disrupt.variants) {
      auto options = with(study.scenarios[k], variant, space);
      // One of the standard variants is the central run itself.
      if (!same(options, central)) tasks.push_back({k, variant.name, std::move(options)});
    }
  }
  return tasks;
}

// Adds the days of all simulations to one count, so that progress has fine steps.
class SharedProgress {
 public:
  SharedProgress(RunControl const& control, std::size_t tasks)
      : control_(control), done_(tasks, 0), total_(tasks, 0) {}

  [[nodiscard]] RunControl for_task(std::size_t task) {
    RunControl own{.threads = 1, .cancel = control_.cancel, .progress = {}};
    if (!control_.progress) return own;
    own.progress = [this, task](std::string_view, std::size_t done, std::size_t total) {
      std::lock_guard const lock(mutex_);
      done_[task] = done;
      total_[task] = total;
      auto const sum = [](auto const& values) {
        std::size_t result = 0;
        for (auto const value : values) result += value;
        return result;
      };
      // Simulations that have not begun are as long as those that have.
      control_.report("simulating", sum(done_), std::max(sum(total_), total * total_.size()));
    };
    return own;
  }

 private:
  RunControl const& control_;
  std::mutex mutex_;
  std::vector<std::size_t> done_, total_;
};

/// "scenario 'cutoff', variant 'rigid'".
std::string task_words(ResolvedStudy const& study, Task const& task) {
  return fmt::format("scenario '{}'{}", study.scenarios[task.scenario].scenario.name,
                     task.variant.empty() ? "" : ", variant '" + task.variant + "'");
}

/// All paths are kept until the tables are made: too many of them are refused beforehand.
Result<void> check_size(IndustrySpace const& space, std::vector<Task> const& tasks) {
  if (tasks.empty()) return {};
  int const days = tasks.front().options.days;
  double const bytes = disrupt::path_bytes(space, days) * static_cast<double>(tasks.size());
  if (bytes <= disrupt::most_path_bytes) return {};
  return fail(ErrorCode::too_large,
              fmt::format("{} of {} over {} days would need {:.1f} GB of memory",
                          count_words(tasks.size(), "run", "runs"),
                          count_words(space.size(), "industry", "industries"), days, bytes / 1e9),
              "disrupt",
              "simulate fewer days, leave out variants, split the scenarios over several studies, "
              "or aggregate the table (`linchpin table aggregate`)");
}

/// The first task that did not come to its end.
Error stopped_at(Error error, ResolvedStudy const& study, std::vector<Task> const& tasks) {
  auto const open = std::find_if(tasks.begin(), tasks.end(), [](Task const& task) {
    return !task.path || task.path->days == 0;
  });
  if (open != tasks.end()) error.where = task_words(study, *open);
  return error;
}

Result<std::vector<ScenarioAnswer>> simulate_all(ResolvedStudy const& study, Economy const& economy,
                                                 RunControl const& control) {
  auto tasks = tasks_of(study, economy.space());
  if (auto const fits = check_size(economy.space(), tasks); !fits) return fail(fits.error());
  SharedProgress progress(control, tasks.size());
  RunControl const outer{.threads = control.threads, .cancel = control.cancel, .progress = {}};
  auto const ran = parallel_for(tasks.size(), outer, "simulating", [&](std::size_t i) {
    auto& task = tasks[i];
    task.path = disrupt::simulate(economy, study.scenarios[task.scenario].scenario, task.options,
                                  progress.for_task(i));
  });
  if (!ran) return fail(stopped_at(ran.error(), study, tasks));
  std::vector<ScenarioAnswer> answers(study.scenarios.size());
  for (auto& task : tasks) {
    if (!task.path) {
      auto error = task.path.error();
      error.where = task_words(study, task) + ": " + error.where;
      return fail(std::move(error));
    }
    auto& answer = answers[task.scenario];
    answer.scenario = &study.scenarios[task.scenario];
    if (task.variant.empty()) {
      answer.path = std::move(*task.path);
    } else {
      answer.variants.push_back({task.variant, task.options, std::move(*task.path)});
    }
  }
  return answers;
}

Result<DependAnswer> ask_depend(DependQuestion const& question, Economy const& economy,
                                RunControl const& control) {
  auto const system = depend::LeontiefSystem::make(economy, control);
  if (!system) return fail(system.error());
  DependAnswer answer;
  ErrorList errors;
  for (auto const& buyer : question.buyers) {
    auto account = depend::buyer_account(*system, buyer, question.options);
    if (account) {
      answer.accounts.push_back(std::move(*account));
    } else {
      errors.add(account.error());
    }
  }
  if (!errors.empty()) return fail(errors.joined());
  answer.position = depend::position(*system);
  for (auto const& asked : question.measures) {
    auto tables = asked.measure->run({&*system, 1}, asked.request, control);
    if (!tables) {
      auto error = tables.error();  // its place is an option of the command line
      error.where = asked.where + ": " + error.where;
      return fail(std::move(error));
    }
    std::move(tables->begin(), tables->end(), std::back_inserter(answer.measure_tables));
    answer.measures.push_back(asked.measure);
  }
  answer.residual = system->residual();
  answer.error_bound = system->error_bound();
  return answer;
}

std::vector<ResultTable> tables_of(Economy const& economy,
                                   std::vector<ScenarioAnswer> const& answers) {
  std::vector<DisruptAnswer> borrowed;
  for (auto const& answer : answers) {
    DisruptAnswer each{answer.scenario->scenario.name, &answer.path, {}};
    // The central run is one of the ways to run the model: the range contains it.
    if (!answer.variants.empty()) each.variants = all_runs(answer);
    borrowed.push_back(std::move(each));
  }
  return disrupt_tables(economy, borrowed);
}

void add_options(Origin& origin, ResolvedStudy const& study, IndustrySpace const& space) {
  for (auto const& scenario : study.scenarios) {
    for (auto& [name, value] : origin_options(scenario.options, space)) {
      origin.options.emplace_back(scenario.scenario.name + "." + name, std::move(value));
    }
  }
  if (!study.scenarios.empty()) {
    origin.options.emplace_back("variants",
                                static_cast<std::int64_t>(study.disrupt.variants.size()));
  }
  if (study.ensemble) {
    origin.seed = study.ensemble->seed;
    origin.options.emplace_back("ensemble.draws", static_cast<std::int64_t>(study.ensemble->draws));
  }
  if (study.depend) {
    origin.options.emplace_back("depend.top", static_cast<std::int64_t>(study.depend->options.top));
    for (std::size_t k = 0; k < study.depend->measures.size(); ++k) {
      origin.options.emplace_back(fmt::format("depend.measure.{}", k + 1),
                                  study.depend->measures[k].words);
    }
  }
}

template <class T>
void append(std::vector<T>& target, std::vector<T> more) {
  target.insert(target.end(), std::make_move_iterator(more.begin()),
                std::make_move_iterator(more.end()));
}

/// Tables of measures; one whose name is taken gets a number, because names are file names.
void append_renamed(std::vector<ResultTable>& tables, std::vector<ResultTable> more) {
  for (auto& table : more) {
    auto const base = table.name;
    auto const taken = [&] {
      return std::any_of(tables.begin(), tables.end(),
                         [&](ResultTable const& each) { return each.name == table.name; });
    };
    for (int number = 2; taken(); ++number) table.name = base + "_" + std::to_string(number);
    tables.push_back(std::move(table));
  }
}

/// Label of the region that the first headline is about.
std::optional<std::string> focus_of(ResolvedStudy const& study, IndustrySpace const& space) {
  std::optional<RegionId> region;
  if (!study.scenarios.empty()) {
    region = headline_region(study.scenarios.front(), space, study.disrupt.focus);
  } else if (study.depend && !study.depend->buyers.empty()) {
    region = study.depend->buyers.front().region;
  }
  if (!region) return std::nullopt;
  return space.label(*region);
}

/// What is called uncertain and never drawn would otherwise be passed over in silence.
void add_uncertain_warning(ResultSet& results, ResolvedStudy const& study) {
  bool const named = std::any_of(study.scenarios.begin(), study.scenarios.end(),
                                 [](auto const& each) { return !each.uncertain.empty(); });
  if (!named || study.ensemble) return;
  results.warnings.emplace_back(
      "The study calls numbers uncertain, but no draws were asked for ([ensemble] draws, seed).");
}

ResultSet frame(Study const& study, ResolvedStudy const& resolved, Economy const& economy) {
  ResultSet results;
  results.title = study.title.empty() ? study.source : study.title;
  results.question = study.question;
  results.regions = economy.space().labels().regions;
  results.sectors = economy.space().labels().sectors;
  results.origin.version = version;
  results.origin.world_name = study.world;
  results.origin.world = economy.info();
  auto const blas = blas_info();
  results.origin.blas = blas.kernel.empty() ? blas.library : blas.library + ", " + blas.kernel;
  add_options(results.origin, resolved, economy.space());
  return results;
}

}  // namespace

Result<ResultSet> run_study(Study const& study, Economy const& economy, RunControl const& control,
                            ParameterSource const& parameters, DrawStore const& draws,
                            WorldSource const& worlds) {
  auto const resolved = resolve_study(study, economy.space(), parameters);
  if (!resolved) return fail(resolved.error());
  auto results = frame(study, *resolved, economy);

  std::optional<DependAnswer> depend;
  if (resolved->depend) {
    auto answer = ask_depend(*resolved->depend, economy, control);
    if (!answer) return fail(answer.error());
    depend = std::move(*answer);
  }
  auto const answers = simulate_all(*resolved, economy, control);
  if (!answers) return fail(answers.error());
  auto const ensembles = run_ensembles(*resolved, economy, *answers, control, draws);
  if (!ensembles) return fail(ensembles.error());

  std::vector<EquilibriumAnswer> trade;
  if (study.equilibrium) {
    auto found = run_equilibrium(*study.equilibrium, economy, study.world, parameters, control);
    if (!found) return fail(found.error());
    trade = *std::move(found);
  }

  std::vector<ScenarioBracket> brackets;
  std::vector<SwingSummary> swings;
  for (std::size_t k = 0; k < answers->size(); ++k) {
    auto const& answer = (*answers)[k];
    append(results.headlines, disrupt_headlines(economy, answer, resolved->disrupt.focus));
    auto bracket =
        scenario_bracket(economy, *answer.scenario, answer.path, resolved->disrupt.focus, control);
    if (!bracket) return fail(bracket.error());
    if (bracket->bracket) results.headlines.push_back(bracket_words(economy.space(), *bracket));
    brackets.push_back({answer.scenario->scenario.name, std::move(*bracket)});
    if (!ensembles->empty()) {
      results.headlines.push_back(
          ensemble_headline((*ensembles)[k], economy.space(), answer.path.days));
    }
    if (ensembles->empty() || !has_ledger((*ensembles)[k])) {
      auto each =
          scenario_swings(economy, *answer.scenario, answer.path, resolved->disrupt.focus, control);
      if (!each) return fail(each.error());
      if (!each->focus.empty()) results.headlines.push_back(ledger_sentence(*each));
      swings.push_back(*std::move(each));
    }
    results.headline_scenarios.resize(results.headlines.size(), answer.scenario->scenario.name);
  }
  results.focus = focus_of(*resolved, economy.space());
  if (depend) {
    auto const* first = resolved->scenarios.empty() ? nullptr : &resolved->scenarios.front();
    append(results.headlines, depend_headlines(economy, *depend, first));
    results.headline_scenarios.resize(results.headlines.size());
    append(results.tables, depend_tables(economy.space(), depend->accounts, depend->position));
    append_renamed(results.tables, std::move(depend->measure_tables));
    results.origin.options.emplace_back("depend.method", std::string{"direct"});
    results.origin.options.emplace_back("depend.residual", depend->residual);
    results.origin.options.emplace_back("depend.error_bound", depend->error_bound);
  }
  // Tables of long runs of large worlds take seconds to fill.
  if (control.cancel.cancelled()) {
    return fail(ErrorCode::cancelled, "stopped before the tables were made", study.source,
                "run it again");
  }
  if (!answers->empty()) {
    append(results.tables, tables_of(economy, *answers));
    results.tables.push_back(bracket_table(economy.space(), brackets));
  }
  auto const findings = check_table(economy.table());
  if (!findings.empty()) results.tables.push_back(findings_table(findings));
  results.warnings = warnings(economy, *answers);
  for (auto const& each : brackets) {
    if (auto text = outside_words(economy.space(), each.answer); !text.empty()) {
      results.warnings.push_back(fmt::format("{}: {}", each.scenario, text));
    }
  }
  results.notes = notes(economy, depend ? &*depend : nullptr, *answers);
  append(results.tables, swing_tables(swings));
  append(results.tables, ensemble_tables(*ensembles));
  for (auto const& ensemble : *ensembles) {
    append(results.warnings, ensemble.warnings);
    results.notes.push_back(ensemble_note(ensemble));
  }
  add_uncertain_warning(results, *resolved);
  if (study.equilibrium) add_equilibrium(results, trade, *study.equilibrium);
  if (study.leverage) {
    auto const leverage =
        run_leverage(*study.leverage, economy, study.world, parameters, worlds, control);
    if (!leverage) return fail(leverage.error());
    add_leverage(results, *leverage, *study.leverage);
  }
  return results;
}

}  // namespace linchpin::study
