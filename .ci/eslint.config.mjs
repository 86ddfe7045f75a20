// What .ci/lint-page has ESLint look for. Rules are taken in by name, so that
// it needs no package but eslint itself.

const browser = `AbortController CSS CustomEvent DOMParser Date EventSource File HTMLMediaElement Image IntersectionObserver Intl
	MediaMetadata MutationObserver Response TextEncoder URL XMLHttpRequest btoa clearTimeout clearInterval document
	fetch getSelection history localStorage location navigator sessionStorage setInterval setTimeout window`;
const node = "URL localStorage process setImmediate";

const named = (names) => Object.fromEntries(names.trim().split(/\s+/).map((name) => [name, "readonly"]));
const errors = (names) => Object.fromEntries(names.trim().split(/\s+/).map((name) => [name, "error"]));

const rules = Object.assign(errors(`
	constructor-super eqeqeq for-direction getter-return no-async-promise-executor no-class-assign no-compare-neg-zero
	no-cond-assign no-const-assign no-constant-binary-expression no-control-regex no-debugger no-delete-var
	no-dupe-args no-dupe-class-members no-dupe-else-if no-dupe-keys no-duplicate-case no-duplicate-imports no-empty
	no-empty-pattern no-eval no-ex-assign no-fallthrough no-func-assign no-global-assign no-implied-eval
	no-import-assign no-invalid-regexp no-irregular-whitespace no-label-var no-loop-func no-loss-of-precision
	no-misleading-character-class no-new-func no-obj-calls no-octal no-redeclare no-self-assign no-self-compare
	no-shadow no-shadow-restricted-names no-sparse-arrays no-this-before-super no-throw-literal no-undef no-unreachable
	no-unreachable-loop no-unsafe-finally no-unsafe-negation no-unused-expressions no-unused-labels
	no-useless-backreference no-useless-catch no-useless-escape no-useless-rename no-useless-return no-with
	object-shorthand prefer-const require-yield use-isnan valid-typeof`), {
	"max-lines": ["error", 350],
	"max-lines-per-function": ["error", 60],
	"no-unused-vars": ["error", { caughtErrors: "none" }],
	"no-use-before-define": ["error", { functions: false, variables: false }],
	// Names of files are data, and stay so.
	"no-restricted-syntax": ["error",
		{ selector: "AssignmentExpression > MemberExpression.left[property.name=/^(inner|outer)HTML$/]", message: "Text goes into textContent." },
		{ selector: "CallExpression > MemberExpression[property.name=/^(insertAdjacentHTML|write|writeln)$/]", message: "Text goes into textContent." },
	],
});

export default [
	// The syntax is that of 2017, when browsers began to know modules: one that
	// cannot read a script gets the page as it is without.
	{ files: ["assets/page/*.js"], languageOptions: { ecmaVersion: 2017, sourceType: "module", globals: named(browser) }, rules },
	// This one loads others, which came a few months later.
	{ files: ["assets/page/adding.js"], languageOptions: { ecmaVersion: 2020 } },
	// This one is a service worker, behind a line that the server puts before it.
	{ files: ["assets/page/away.js"], languageOptions: { sourceType: "script", globals: named("self gone") } },
	// This one is for browsers without modules.
	{ files: ["assets/page/door-reload.js"], languageOptions: { ecmaVersion: 5, sourceType: "script" } },
	{ files: ["assets/page/test/*.js", ".ci/*.mjs"], languageOptions: { ecmaVersion: 2022, sourceType: "module", globals: named(node) }, rules },
];
