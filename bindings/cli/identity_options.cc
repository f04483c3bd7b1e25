#include "identity_options.h"

#include <ctime>

namespace sipward::cli {
namespace {

CLI::Option* Several(CLI::Option* option) {
  return option->type_name("FILE")->expected(1)->allow_extra_args(false)->multi_option_policy(
      CLI::MultiOptionPolicy::TakeAll);
}

}  // namespace

void IdentityOptions::Add(CLI::App* app) {
  CLI::App* identity =
      app->add_subcommand("identity", "Verify, make and explain Identity headers (STIR/SHAKEN)");
  identity->require_subcommand(1);
  identity->footer(
      "Examples:\n"
      "  sipward identity inspect invite.sip\n"
      "  sipward identity verify --message invite.sip --chain cert.pem --anchors sti-ca.pem");
  AddVerify(identity);
  AddSign(identity);
  AddInspect(identity);
}

void IdentityOptions::AddVerify(CLI::App* identity) {
  IdentityVerifyRequest& request = verify_request_;
  request.now = static_cast<int64_t>(std::time(nullptr));
  verify_ = identity->add_subcommand("verify", "Say whether the Identity of a request holds");
  CLI::Option* values =
      verify_
          ->add_option("--identity", request.identity,
                       "Values of Identity headers, one in each line; - is the standard input")
          ->type_name("FILE");
  verify_->add_option("--message", request.message, "Or a SIP request that has them")
      ->type_name("FILE")
      ->excludes(values);
  Several(verify_->add_option(
              "--chain", request.chains,
              "The certificates of a URL, leaf first. Without a URL: of the first header, of the "
              "second, and so on, the last one of all that follow"))
      ->type_name("[URL=]FILE");
  Several(verify_->add_option(
      "--anchors", request.anchors,
      "Certificates to trust: authorities, and who signs revocation lists. Without any "
      "nothing is trusted"));
  Several(verify_->add_option("--crl", request.crls, "A list of revoked certificates"));
  verify_
      ->add_option("--now", request.now, "The time, in seconds since 1970, instead of the clock's")
      ->type_name("UNIX");
  CLI::Option* orig =
      verify_->add_option("--orig", request.orig, "Who calls: a number, or a URI")->type_name("TN");
  CLI::Option* dest = verify_->add_option("--dest", request.dest, "Who is called")->type_name("TN");
  values->needs(orig)->needs(dest);
  verify_->add_option("--date", request.date, "The Date header of the request")->type_name("TEXT");
  verify_->add_flag("--json", request.json, "One line of JSON");
  verify_->footer(
      "An Identity is demanded (428), the certificate must name a policy of SHAKEN, compact form "
      "is "
      "refused,\n"
      "a revocation list that is not properly signed refuses, one that is out of date is noted.\n"
      "\n"
      "Examples:\n"
      "  sipward identity verify --message invite.sip --chain cert.pem --anchors sti-ca.pem\n"
      "  sipward identity verify --identity value.txt --orig 12025550133 --dest 12025550199 \\\n"
      "      --chain https://certs.example/a.pem=a.pem --anchors sti-ca.pem --crl sti-pa.crl "
      "--json\n"
      "\n"
      "Exit status: 0 verified, 1 not verified, 2 unusable input.");
}

void IdentityOptions::AddSign(CLI::App* identity) {
  IdentitySignRequest& request = sign_request_;
  request.now = static_cast<int64_t>(std::time(nullptr));
  sign_ = identity->add_subcommand("sign", "Make the value of an Identity header");
  const auto file = [this](const char* name, std::string* path, const char* text) {
    return sign_->add_option(name, *path, text)->type_name("FILE");
  };
  file("--key", &request.key, "The private key, PEM without a passphrase")->required();
  file("--chain", &request.chain, "Its certificate, PEM, and those above it")->required();
  sign_->add_option("--x5u", request.x5u, "The https URL at which verifiers find them")
      ->type_name("URL")
      ->required();
  sign_->add_option("--ppt", request.ppt, "The type of the token; none is the plain one")
      ->type_name("TYPE")
      ->check(CLI::IsMember({"shaken", "div", "div-o", "rph", "rcd", "msg", "none"}));
  sign_->add_option("--orig", request.orig, "Who calls: a number, or a URI")->type_name("TN");
  Several(sign_->add_option("--dest", request.dest, "Who is called; of a diversion, who is now"))
      ->type_name("TN")
      ->required();
  sign_->add_option("--attest", request.attest, "What the provider attests: A, B or C")
      ->type_name("LEVEL");
  sign_->add_option("--origid", request.origid, "Where the call came from; without it, at random")
      ->type_name("ID");
  file("--claims", &request.claims, "More claims: a JSON object with rcd, rph, msgi and the like");
  file("--received", &request.received,
       "Of a diversion: the values of the Identity headers that came, one in each line; the last "
       "is the one that is diverted");
  sign_->add_option("--div", request.div, "Who diverts, if several were called")->type_name("TN");
  sign_->add_flag("--compact", request.compact, "Leave out what the request says anyway");
  sign_->add_option("--now", request.now, "The time, in seconds since 1970, instead of the clock's")
      ->type_name("UNIX");
  sign_->footer(
      "Prints the value on one line. What `sipward identity verify` would refuse for its form is "
      "not signed,\n"
      "nor is what the certificate does not permit.\n"
      "\n"
      "Examples:\n"
      "  sipward identity sign --key a.key --chain a.pem --x5u https://certs.example/a.pem \\\n"
      "      --orig 12025550133 --dest 12025550199 --attest A\n"
      "  sipward identity sign --key b.key --chain b.pem --x5u https://certs.example/b.pem \\\n"
      "      --ppt div --received values.txt --dest 12025550188\n"
      "\n"
      "Exit status: 0 signed, 1 refused, 2 unusable input.");
}

void IdentityOptions::AddInspect(CLI::App* identity) {
  inspect_ = identity->add_subcommand("inspect", "Show what a token says; verifies nothing");
  inspect_
      ->add_option("FILE", inspect_request_.file,
                   "Tokens or values of Identity headers, one in each line, or a SIP message; - is "
                   "the standard input")
      ->type_name("")
      ->required();
  inspect_->add_flag("--json", inspect_request_.json, "One line of JSON for every token");
  inspect_->footer(
      "Examples:\n"
      "  sipward identity inspect invite.sip\n"
      "  sipward identity inspect --json tokens.txt\n"
      "\n"
      "Exit status: 0 every token has the right form, 1 some do not, 2 a file cannot be read.");
}

bool IdentityOptions::parsed() const {
  return verify_->parsed() || sign_->parsed() || inspect_->parsed();
}

int IdentityOptions::Run() {
  if (verify_->parsed()) return RunIdentityVerify(verify_request_);
  return sign_->parsed() ? RunIdentitySign(sign_request_) : RunIdentityInspect(inspect_request_);
}

}  // namespace sipward::cli
