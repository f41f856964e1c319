// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/measures/panel.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "linchpin/results/row_writer.h"

namespace linchpin::study {
namespace {

constexpr std::size_t labels_named = 5;

/// "USA, CAN and 3 more" of what is in `one` and not in `other`; empty if nothing is.
std::string only_in(std::vector<std::string> const& one, std::vector<std::string> const& other) {
  std::set<std::string> const known(other.begin(), other.end());
  std::vector<std::string> missing;
  for (auto const& label : one) {
    if (!known.contains(label)) missing.push_back(label);
  }
  if (missing.empty()) return {};
  auto const more = missing.size() > labels_named ? missing.size() - labels_named : 0;
  missing.resize(std::min(missing.size(), labels_named));
  return fmt::format("{}{}", fmt::join(missing, ", "),
                     more > 0 ? fmt::format(" and {} more", more) : "");
}

std::vector<std::string> industry_labels(IndustrySpace const& space) {
  std::vector<std::string> result;
  for (std::size_t i = 0; i < space.size(); ++i) result.push_back(space.label(IndustryId{i}));
  return result;
}

Result<void> check_labels(std::span<PanelWorld const> worlds) {
  ErrorList errors;
  auto const first = industry_labels(worlds.front().economy.space());
  for (auto const& world : worlds.subspan(1)) {
    auto const labels = industry_labels(world.economy.space());
    if (labels == first) continue;
    std::string words;
    auto const add = [&](std::string const& list, std::string_view where) {
      if (!list.empty()) words += fmt::format("; only in {}: {}", where, list);
    };
    add(only_in(first, labels), worlds.front().name);
    add(only_in(labels, first), world.name);
    if (words.empty()) words = "; the same industries in another order";
    errors.add(ErrorCode::invalid_table,
               fmt::format("its industries are not those of {}{}", worlds.front().name, words),
               world.name,
               "bring all tables of a panel to one list with `linchpin table aggregate --regions --sectors`");
  }
  auto const unit = to_string(worlds.front().economy.info().unit);
  for (auto const& world : worlds.subspan(1)) {
    auto const other = to_string(world.economy.info().unit);
    if (other == unit) continue;
    errors.add(ErrorCode::invalid_table,
               fmt::format("it is in {}, {} in {}", other, worlds.front().name, unit), world.name,
               "import all years in one unit (--unit), or ask them one by one");
  }
  if (!errors.empty()) return fail(errors.joined());
  return {};
}

/// `table` with the world and its year before everything.
ResultTable labelled(ResultTable table, PanelWorld const& world) {
  auto const rows = table.rows();
  auto name = text_column("world", "World", "name of the world");
  name.data = TextColumn(rows, world.name);
  auto year = integer_column("year", "Year", "", "reference year", "the table states no year");
  auto const stated = world.economy.info().year;
  for (std::size_t row = 0; row < rows; ++row) {
    std::get<IntegerColumn>(year.data)
        .push(stated == 0 ? std::nullopt : std::optional<std::int64_t>{stated});
  }
  table.columns.insert(table.columns.begin(), {std::move(name), std::move(year)});
  return table;
}

void append(ResultColumn& to, ResultColumn&& from) {
  std::visit(
      [&](auto& column) {
        auto& more = std::get<std::decay_t<decltype(column)>>(from.data);
        if constexpr (std::is_same_v<std::decay_t<decltype(column)>, TextColumn>) {
          column.insert(column.end(), std::make_move_iterator(more.begin()),
                        std::make_move_iterator(more.end()));
        } else {
          for (std::size_t k = 0; k < more.values.size(); ++k) {
            bool const missing = !more.missing.empty() && more.missing[k];
            using Value = std::decay_t<decltype(more.values[k])>;
            column.push(missing ? std::nullopt : std::optional<Value>{more.values[k]});
          }
        }
      },
      to.data);
  if (to.undefined.empty()) to.undefined = std::move(from.undefined);
}

void append(std::vector<ResultTable>& tables, ResultTable table, std::string const& world) {
  auto const same = std::find_if(tables.begin(), tables.end(), [&](ResultTable const& each) {
    return each.name == table.name;
  });
  if (same == tables.end()) {
    tables.push_back(std::move(table));
    return;
  }
  if (table.note != same->note && same->note.find(table.note) == std::string::npos) {
    same->note += " " + world + ": " + table.note;
  }
  LINCHPIN_EXPECTS(same->columns.size() == table.columns.size());
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    append(same->columns[c], std::move(table.columns[c]));
  }
}

Result<depend::LeontiefSystem> system_of(PanelWorld const& world,
                                         std::span<Measure const* const> measures,
                                         depend::SolveMethod method, RunControl const& control,
                                         SystemMaker const& make) {
  if (method == depend::SolveMethod::automatic) {
    for (auto const* measure : measures) {
      if (measure->right_hand_sides == nullptr) method = depend::SolveMethod::direct;
    }
  }
  depend::SystemOptions options{.method = method};
  for (auto const* measure : measures) {
    if (measure->right_hand_sides != nullptr) {
      options.expected_right_hand_sides += measure->right_hand_sides(world.economy.space());
    }
  }
  auto system = make ? make(world, options, control)
                     : depend::LeontiefSystem::make(world.economy, options, control);
  if (!system) {
    auto error = system.error();
    error.where = world.name + ": " + error.where;
    return fail(std::move(error));
  }
  return system;
}

SolvedWorld solved(PanelWorld const& world, depend::LeontiefSystem const& system) {
  return {world.name, system.method(), system.residual(), system.error_bound()};
}

}  // namespace

Result<MeasureAnswers> ask_measures(std::span<Measure const* const> measures,
                                    std::span<PanelWorld const> worlds,
                                    MeasureRequest const& request, depend::SolveMethod method,
                                    RunControl const& control, SystemMaker const& make) {
  LINCHPIN_EXPECTS(!worlds.empty());
  if (auto const same = check_labels(worlds); !same) return fail(same.error());
  if (auto const good = check_request(measures, request); !good) return fail(good.error());
  std::vector<Measure const*> single, joint;
  for (auto const* measure : measures) (measure->worlds == 1 ? single : joint).push_back(measure);
  for (auto const* measure : joint) {
    if (worlds.size() >= measure->worlds) continue;
    return fail(ErrorCode::size_mismatch,
                fmt::format("the measure takes {} worlds or more, not {}", measure->worlds,
                            worlds.size()),
                std::string(measure->name), "name several years of one table, oldest first");
  }
  MeasureAnswers answers;
  std::vector<depend::LeontiefSystem> kept;
  for (auto const& world : worlds) {
    auto system = system_of(world, measures, method, control, make);
    if (!system) return fail(system.error());
    for (auto const* measure : single) {
      auto tables = measure->run({&*system, 1}, request, control);
      if (!tables) return fail(tables.error());
      for (auto& table : *tables) {
        append(answers.tables,
               worlds.size() == 1 ? std::move(table) : labelled(std::move(table), world),
               world.name);
      }
    }
    answers.solved.push_back(solved(world, *system));
    if (!joint.empty()) kept.push_back(*std::move(system));
  }
  for (auto const* measure : joint) {
    auto tables = measure->run(kept, request, control);
    if (!tables) return fail(tables.error());
    for (auto& table : *tables) append(answers.tables, std::move(table), worlds.front().name);
  }
  for (std::size_t w = 0; w < kept.size(); ++w) answers.solved[w] = solved(worlds[w], kept[w]);
  return answers;
}

}  // namespace linchpin::study
