// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>

#include "apps/linchpin/context.h"
#include "apps/linchpin/depend_account.h"
#include "apps/linchpin/depend_commands.h"
#include "apps/linchpin/origin.h"
#include "apps/linchpin/terminal.h"
#include "apps/linchpin/world.h"
#include "linchpin/depend/position.h"
#include "linchpin/depend/reliance.h"
#include "linchpin/results/depend_json.h"
#include "linchpin/results/depend_tables.h"
#include "linchpin/results/json.h"
#include "linchpin/study/measures/document.h"
#include "linchpin/study/measures/selection.h"
#include "linchpin/table/region_groups.h"

namespace linchpin::app {
namespace {

struct DependOptions {
  std::vector<std::string> worlds;
  std::vector<std::string> buyers;
  std::vector<std::string> suppliers;
  std::vector<std::string> measures;
  std::vector<std::string> groups;
  std::string csv;
  depend::SolveMethod method = depend::SolveMethod::automatic;
  study::MeasureRequest request;
};

/// Regions and industries by label; all that are unknown are told at once.
std::vector<depend::Buyer> find_parties(IndustrySpace const& space,
                                        std::vector<std::string> const& labels,
                                        std::string_view where, ErrorList& errors) {
  std::vector<depend::Buyer> parties;
  for (auto const& label : labels) {
    if (std::count(labels.begin(), labels.end(), label) > 1) {
      errors.add(ErrorCode::bad_usage, fmt::format("'{}' is named twice", label), std::string(where),
                 "name each once");
      break;
    }
    if (auto const party = study::find_party(space, label, where); party) {
      parties.push_back(*party);
    } else {
      errors.add(party.error());
    }
  }
  return parties;
}

/// "EU=DEU,FRA" as a group.
Result<std::vector<RegionGroup>> parse_groups(std::vector<std::string> const& texts) {
  std::vector<RegionGroup> groups;
  ErrorList errors;
  for (auto const& text : texts) {
    if (auto group = parse_region_group(text, "--group"); group) {
      groups.push_back(*std::move(group));
    } else {
      errors.add(group.error());
    }
  }
  if (!errors.empty()) return fail(errors.joined());
  return groups;
}

struct Question {
  std::vector<World> worlds;
  std::vector<study::Measure const*> measures;
};

/// Opens everything the user named, telling all problems of one kind at once.
Result<Question> open_question(DependOptions const& options, Context const& context) {
  Question question;
  ErrorList errors;
  for (auto const& name : options.measures) {
    if (std::count(options.measures.begin(), options.measures.end(), name) > 1) {
      errors.add(ErrorCode::bad_usage, fmt::format("'{}' is asked twice", name), "--measure",
                 "ask each once");
      break;
    }
    if (auto const measure = study::find_measure(name); measure) {
      question.measures.push_back(*measure);
    } else {
      errors.add(measure.error());
    }
  }
  auto const groups = parse_groups(options.groups);
  if (!groups) errors.add(groups.error());
  if (!errors.empty()) return fail(errors.joined());
  for (auto const& name : options.worlds) {
    if (std::count(options.worlds.begin(), options.worlds.end(), name) > 1) {
      return fail(ErrorCode::bad_usage, fmt::format("the world '{}' is named twice", name), "world",
                  "name each once");
    }
    auto world = open_world(name, context);
    if (!world) {
      errors.add(world.error());
      continue;
    }
    if (!groups->empty()) {
      auto grouped = group_regions(world->economy.table(), *groups, "--group");
      auto economy = grouped ? Economy::make(*std::move(grouped)) : fail(grouped.error());
      if (!economy) {
        errors.add(economy.error());
        continue;
      }
      world->economy = *std::move(economy);
    }
    question.worlds.push_back(*std::move(world));
  }
  if (!errors.empty()) return fail(errors.joined());
  if (question.measures.empty() && question.worlds.size() > 1) {
    question.measures.push_back(*study::find_measure("reliance"));
  }
  return question;
}

std::vector<std::filesystem::path> inputs_of(std::vector<World> const& worlds) {
  std::vector<std::filesystem::path> paths;
  for (auto const& world : worlds) paths.push_back(world.path);
  return paths;
}

/// Writes the first table to `file` and each other beside it, its name put before the ending.
Result<std::vector<std::filesystem::path>> write_tables(std::vector<ResultTable> const& tables,
                                                        DependOptions const& options) {
  std::filesystem::path const file = options.csv;
  std::vector<std::filesystem::path> written;
  for (std::size_t t = 0; t < tables.size(); ++t) {
    auto path = file;
    if (t > 0) {
      path.replace_filename(file.stem().string() + "-" + tables[t].name +
                            file.extension().string());
    }
    if (auto const done = write_csv_file(tables[t], path, options.worlds); !done) {
      return fail(done.error());
    }
    written.push_back(std::move(path));
  }
  return written;
}

Result<void> write_csv_files(std::vector<ResultTable> const& tables, DependOptions const& options,
                             Context const& context) {
  auto const written = write_tables(tables, options);
  if (!written) return fail(written.error());
  for (auto const& path : *written) {
    if (!context.quiet && !context.json) print_line("wrote " + path.string());
  }
  return {};
}

/// The dependence accounts of buyers in one world: what `depend` says without --measure.
Result<void> run_accounts(World const& world, DependOptions const& options, RunClock const& clock,
                          Context const& context) {
  auto const& space = world.economy.space();
  ErrorList errors;
  auto buyers = find_parties(space, options.buyers, "--buyer", errors);
  auto request = options.request;
  if (!options.suppliers.empty()) {
    request.suppliers = find_parties(space, options.suppliers, "--supplier", errors);
  }
  if (auto const good = study::check_request({}, request); !good) errors.add(good.error());
  if (!errors.empty()) return fail(errors.joined());
  if (buyers.empty()) {  // nobody named: every region
    for (std::size_t r = 0; r < space.regions(); ++r) buyers.push_back({RegionId{r}, {}});
  }
  auto const system = depend::LeontiefSystem::make(
      world.economy,
      {.method = options.method, .expected_right_hand_sides = buyers.size() + 2},
      run_control(context));
  if (!system) return fail(system.error());
  std::vector<depend::BuyerAccount> accounts;
  for (auto const& buyer : buyers) {
    auto account = depend::buyer_account(*system, buyer, {.top = options.request.top});
    if (account) {
      accounts.push_back(*std::move(account));
    } else {
      errors.add(account.error());
    }
  }
  // A buyer the user named must have an answer; a list of all regions leaves empty ones out.
  if (accounts.empty() || (!options.buyers.empty() && !errors.empty())) {
    return fail(errors.joined());
  }
  if (!options.csv.empty()) {
    auto const tables = depend_tables(space, accounts, depend::position(*system));
    if (auto const done = write_csv_files(tables, options, context); !done) return done;
  } else if (!context.json) {
    for (auto const& account : accounts) print_account(space, account);
    print_line(dim(world_line(world)));
  }
  if (!context.json) return {};
  auto origin = world.origin;
  origin.options = {{"top", static_cast<std::int64_t>(options.request.top)},
                    {"method", study::name_of(system->method())},
                    {"residual", system->residual()},
                    {"error_bound", system->error_bound()}};
  if (auto const filled = clock.fill(origin, {world.path}); !filled) return fail(filled.error());
  print_line(to_text(
      depend_to_json(space, accounts, depend::position(*system), origin_to_json(origin))));
  return {};
}

Origin origin_of(Question const& question, DependOptions const& options,
                 std::vector<study::SolvedWorld> const& solved) {
  auto origin = question.worlds.front().origin;
  study::MeasureWords words{
      options.measures, options.buyers, options.suppliers, options.groups, {}, {}};
  for (auto const& world : question.worlds) {
    words.worlds.push_back(world.origin.world_name);
    words.titles.push_back(world.economy.info().title);
  }
  study::describe(origin, words, options.request, solved);
  return origin;
}

Result<void> run_measures(Question const& question, DependOptions const& options,
                          RunClock const& clock, Context const& context) {
  auto request = options.request;
  auto const& space = question.worlds.front().economy.space();
  ErrorList errors;
  request.buyers = find_parties(space, options.buyers, "--buyer", errors);
  request.suppliers = find_parties(space, options.suppliers, "--supplier", errors);
  if (!errors.empty()) return fail(errors.joined());
  std::vector<study::PanelWorld> worlds;
  for (auto const& world : question.worlds) {
    worlds.push_back({world.origin.world_name, world.economy});
  }
  auto const answers = study::ask_measures(question.measures, worlds, request, options.method,
                                           run_control(context));
  finish_progress();
  if (!answers) return fail(answers.error());
  if (!options.csv.empty()) {
    if (auto const done = write_csv_files(answers->tables, options, context); !done) return done;
  } else if (!context.json) {
    for (auto const* measure : question.measures) {
      print(wrap(fmt::format("{}: {}", measure->name, measure->meaning)));
      print(wrap(fmt::format("Not for: {}", measure->not_for)));
      print_line();
    }
    for (auto const& table : answers->tables) print_result_table(table);
    for (auto const& solved : answers->solved) {
      bool const direct = solved.method == depend::SolveMethod::direct;
      print_line(dim(fmt::format("{}: solved {}; residual {:.2g}{}, error at most {:.2g}{}, both of "
                                 "the largest right-hand side",
                                 solved.name, direct ? "directly" : "iteratively", solved.residual,
                                 direct ? " of a probe" : "", solved.error_bound,
                                 direct ? " (estimated)" : "")));
    }
    for (auto const& world : question.worlds) print_line(dim(world_line(world)));
  }
  if (!context.json) return {};
  auto origin = origin_of(question, options, answers->solved);
  if (auto const filled = clock.fill(origin, inputs_of(question.worlds)); !filled) {
    return fail(filled.error());
  }
  print_line(to_text(study::measures_to_json(question.measures, *answers, origin)));
  return {};
}

Result<void> run_depend(DependOptions const& options, Context const& context) {
  RunClock const clock;
  if (options.worlds.empty()) {
    return fail(ErrorCode::bad_usage, "no world is named", "linchpin depend",
                "name a built-in world (`linchpin table list`) or a table file");
  }
  auto const question = open_question(options, context);
  if (!question) return fail(question.error());
  if (question->measures.empty()) {
    return run_accounts(question->worlds.front(), options, clock, context);
  }
  return run_measures(*question, options, clock, context);
}

std::string measure_help() {
  std::vector<std::string> names;
  for (auto const* measure : study::measures()) names.emplace_back(measure->name);
  return fmt::format("What to measure; repeat for several: {}. Default: the account of each buyer",
                     fmt::join(names, ", "));
}

void add_request_options(CLI::App& command, DependOptions& options) {
  auto& request = options.request;
  command.add_option("--top", request.top, "Rows of rankings")->check(CLI::Range(1, 1000000));
  command.add_flag("--detail", request.detail, "Rows by sector and partner as well");
  command.add_flag("--third-country", request.by_third_country, "wwz: split terms by third country");
  command.add_option("--share", request.share, "extraction: share of each flow taken away, 0 to 1");
  command.add_option("--kind", request.kind, "extraction: flows, total, backward or forward")
      ->transform(CLI::CheckedTransformer(study::extraction_names()).description(""));
  command.add_flag("--resourced", request.resourced,
                   "extraction: buyers order what they lost from their other suppliers");
  command.add_option("--rise", request.rise, "prices: rise of the suppliers' prices (0.1 is 10 %)");
  command
      .add_option("--method", options.method,
                  "How to solve: automatic (by cost), direct or iterative")
      ->transform(CLI::CheckedTransformer(study::method_names()).description(""));
}

}  // namespace

void add_depend(CLI::App& app, Context& context, Action& action) {
  auto options = std::make_shared<DependOptions>();
  auto& command = *app.add_subcommand("depend", "On whom does a buyer depend, seen and unseen?");
  command
      .add_option("world", options->worlds,
                  "Built-in world or table file; several years of one table are a panel");
  command.add_option("--buyer", options->buyers,
                     "Buying region or industry (CHN, CHN:c14); repeat for several; default: all")
      ->allow_extra_args(false);
  command.add_option("--supplier", options->suppliers,
                     "Supplying region or industry; repeat for several; default: all")
      ->allow_extra_args(false);
  command.add_option("--measure", options->measures, measure_help())->allow_extra_args(false);
  command.add_option("--group", options->groups,
                     "Take regions as one whose industries stay apart: EU=DEU,FRA,ITA")
      ->allow_extra_args(false);
  add_request_options(command, *options);
  command.add_option("--csv", options->csv, "Write tables here instead of printing them")
      ->type_name("FILE");
  add_json_option(command, context);
  add_depend_products(command, context, action);
  add_depend_minerals(command, context, action);
  command.callback([options, &context, &action, &command] {
    if (!command.get_subcommands().empty()) return;
    action = [options, &context] { return run_depend(*options, context); };
  });
}

}  // namespace linchpin::app
