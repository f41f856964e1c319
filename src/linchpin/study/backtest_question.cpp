// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/backtest_question.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "linchpin/core/nearest.h"

namespace linchpin::study {
namespace {

using localize::Backtest;
using parameters::SourcedNumber;

Json number_or_null(std::optional<double> const& value) {
  return value ? Json(*value) : Json(nullptr);
}

Json to_json(SourcedNumber const& number) {
  return {{"key", number.key},       {"value", number.value}, {"low", number.low},
          {"high", number.high},     {"unit", number.unit},   {"status", to_string(number.status)},
          {"source", number.source}, {"date", number.date},   {"note", number.note}};
}

Json to_json(Backtest const& backtest) {
  Json lines = Json::array(), verdicts = Json::array(), numbers = Json::array();
  bool const bands = backtest.draws > backtest.failed_draws;
  for (auto const& each : backtest.lines) {
    Json line = {{"quantity", each.quantity},
                 {"unit", each.unit},
                 {"before", number_or_null(each.before)},
                 {"observed", number_or_null(each.observed)},
                 {"model", each.model},
                 {"band", nullptr}};
    if (bands) {
      line["band"] = {{"p05", each.band.p05}, {"p50", each.band.p50}, {"p95", each.band.p95}};
    }
    lines.push_back(std::move(line));
  }
  for (auto const& each : backtest.verdicts) {
    verdicts.push_back({{"statement", each.statement},
                        {"observed", each.observed},
                        {"model", each.model},
                        {"probability", bands ? Json(each.probability) : Json(nullptr)}});
  }
  for (auto const& each : backtest.numbers) numbers.push_back(to_json(each));
  return {{"name", backtest.name},
          {"title", backtest.title},
          {"headline", backtest_headline(backtest)},
          {"lines", lines},
          {"verdicts", verdicts},
          {"remarks", backtest.remarks},
          {"draws", backtest.draws},
          {"failed_draws", backtest.failed_draws},
          {"assumption_share", backtest.assumptions},
          {"numbers", numbers}};
}

Result<std::vector<localize::BacktestKind>> chosen(BacktestRequest const& request) {
  auto const all = localize::backtest_kinds();
  if (request.names.empty()) return std::vector(all.begin(), all.end());
  std::vector<std::string> known;
  for (auto const& each : all) known.emplace_back(each.name);
  std::vector<localize::BacktestKind> result;
  ErrorList errors;
  for (auto const& name : request.names) {
    auto const found = std::find(known.begin(), known.end(), name);
    if (found == known.end()) {
      errors.add(
          ErrorCode::unknown_label, fmt::format("no backtest is called '{}'", name), request.where,
          did_you_mean(name, known, fmt::format("{}, {} or {}", known[0], known[1], known[2])));
    } else {
      result.push_back(all[static_cast<std::size_t>(found - known.begin())]);
    }
  }
  if (!errors.empty()) return fail(errors.joined());
  return result;
}

Result<std::vector<SourcedNumber>> read(std::string const& name, ParameterSource const& source) {
  auto const text = source.read(name);
  if (!text) return fail(text.error());
  return parameters::read_sourced_numbers(*text, name.substr(name.find_last_of("/:") + 1));
}

}  // namespace

Result<std::vector<Backtest>> answer_backtests(BacktestRequest const& request,
                                               ParameterSource const& source) {
  auto const kinds = chosen(request);
  if (!kinds) return fail(kinds.error());
  if (!request.files.empty() && kinds->size() != 1) {
    return fail(ErrorCode::bad_value, "files of numbers go with one backtest", request.where,
                "name the one they are for");
  }
  std::vector<Backtest> answers;
  for (auto const& kind : *kinds) {
    auto numbers = read(fmt::format("default:{}", kind.file), source);
    if (!numbers) return fail(numbers.error());
    for (auto const& file : request.files) {
      auto const own = read(file, source);
      if (!own) return fail(own.error());
      for (auto const& each : *own) {
        auto const same = std::find_if(numbers->begin(), numbers->end(),
                                       [&](auto const& one) { return one.key == each.key; });
        if (same == numbers->end()) {
          numbers->push_back(each);
        } else {
          *same = each;
        }
      }
    }
    auto answer =
        localize::run_backtest(kind.name, *std::move(numbers), request.draws, Seed{request.seed});
    if (!answer) return fail(answer.error());
    answers.push_back(*std::move(answer));
  }
  return answers;
}

std::string backtest_headline(Backtest const& backtest) {
  auto const met = std::count_if(backtest.verdicts.begin(), backtest.verdicts.end(),
                                 [](auto const& each) { return each.model == each.observed; });
  auto text = fmt::format("{} of {} yes-or-no statements come out as observed", met,
                          backtest.verdicts.size());
  localize::BacktestLine const* farthest = nullptr;
  double distance = 0;
  std::size_t outside = 0, compared = 0;
  for (auto const& each : backtest.lines) {
    if (!each.observed) continue;
    ++compared;
    // What is published has two or three digits: a band of no width is not missed by rounding.
    constexpr double rounding = 0.05;
    if (*each.observed < each.band.p05 * (1 - rounding) ||
        *each.observed > each.band.p95 * (1 + rounding)) {
      ++outside;
    }
    if (*each.observed <= 0 || each.model <= 0) continue;
    auto const off = std::abs(std::log(each.model / *each.observed));
    if (off > distance) {
      distance = off;
      farthest = &each;
    }
  }
  if (backtest.draws > backtest.failed_draws) {
    text += fmt::format("; {} of {} observed numbers lie more than 5 % outside the 5-95 % band",
                        outside, compared);
  }
  if (farthest != nullptr) {
    text += fmt::format("; farthest off is {}: {:.3g} where {:.3g} was observed",
                        farthest->quantity, farthest->model, *farthest->observed);
  }
  return text + ".";
}

Json backtests_to_json(std::vector<Backtest> const& backtests) {
  Json document = {{"schema", json_schema("linchpin.backtests")}};
  document["backtests"] = Json::array();
  for (auto const& each : backtests) document["backtests"].push_back(to_json(each));
  return document;
}

}  // namespace linchpin::study
