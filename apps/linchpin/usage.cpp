// SPDX-License-Identifier: Apache-2.0
#include "apps/linchpin/usage.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "linchpin/core/nearest.h"

namespace linchpin::app {
namespace {

std::vector<std::string> commands_of(CLI::App const& app) {
  std::vector<std::string> names;
  for (auto const* command : app.get_subcommands([](CLI::App const*) { return true; })) {
    names.push_back(command->get_name());
  }
  return names;
}

void add_options_of(CLI::App const& app, std::vector<std::string>& names) {
  for (auto const* option : app.get_options()) {
    for (auto const& name : option->get_lnames()) names.push_back("--" + name);
    for (auto const& name : option->get_snames()) names.push_back("-" + name);
  }
}

/// The command the words name so far, and the options known there.
struct Place {
  CLI::App const* command;
  std::string path;
  std::vector<std::string> options;
};

/// True if words that are no command may be values of `command`: `depend <world>`.
bool takes_words(CLI::App const& command) {
  auto const options = command.get_options();
  return std::any_of(options.begin(), options.end(),
                     [](CLI::Option const* option) { return option->get_positional(); });
}

bool is_command(CLI::App const& app, std::string const& word) {
  auto const names = commands_of(app);
  return std::find(names.begin(), names.end(), word) != names.end();
}

void enter(Place& place, std::string const& word) {
  place.command = place.command->get_subcommand(word);
  place.path += " " + word;
  add_options_of(*place.command, place.options);
}

std::string help_of(Place const& place) { return fmt::format("`{} --help`", place.path); }

std::optional<Error> first_unknown(CLI::App const& app, std::vector<std::string> const& arguments) {
  Place place{&app, app.get_name(), {}};
  add_options_of(app, place.options);
  bool after_option = false;
  for (auto const& word : arguments) {
    if (word.size() > 1 && word[0] == '-') {
      auto const name = word.substr(0, word.find('='));
      after_option = true;
      if (std::find(place.options.begin(), place.options.end(), name) != place.options.end()) {
        continue;
      }
      return Error{ErrorCode::bad_usage, fmt::format("unknown option '{}'", name), place.path,
                   did_you_mean(name, place.options, help_of(place))};
    }
    auto const commands = commands_of(*place.command);
    if (commands.empty()) continue;  // a value or a file
    if (is_command(*place.command, word)) {
      enter(place, word);
    } else if (!after_option && !takes_words(*place.command)) {
      return Error{ErrorCode::bad_usage, fmt::format("unknown command '{}'", word), place.path,
                   did_you_mean(word, commands, help_of(place))};
    }
    after_option = false;
  }
  return std::nullopt;
}

}  // namespace

Error usage_error(CLI::App const& app, std::vector<std::string> const& arguments,
                  CLI::ParseError const& problem) {
  if (auto unknown = first_unknown(app, arguments)) return *unknown;
  std::string what = problem.what();
  std::replace(what.begin(), what.end(), '\n', ' ');
  return {ErrorCode::bad_usage, what, "command line", "`linchpin --help`"};
}

CLI::Validator finite_number() {
  return CLI::Validator(
      [](std::string& text) {
        double value = 0;
        bool const read = CLI::detail::lexical_cast(text, value);
        return read && std::isfinite(value) ? std::string{}
                                            : "'" + text + "' is not a finite number";
      },
      "", "finite");
}

}  // namespace linchpin::app
