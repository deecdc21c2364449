import js from '@eslint/js'
import vue from 'eslint-plugin-vue'
import globals from 'globals'
import ts from 'typescript-eslint'

export default ts.config(
  { ignores: ['dist/**', 'node_modules/**', 'src/api/schema.d.ts'] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...vue.configs['flat/recommended'],
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: ts.parser } },
  },
  {
    files: ['src/**'],
    languageOptions: { globals: globals.browser },
    rules: {
      'max-lines': ['error', 250],
      // Layout of tags is left to the author: the file-length rule already keeps them short.
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/attributes-order': 'off',
      // A component in `issue/` is named after the glossary word it shows.
      'vue/multi-word-component-names': 'off',
      'no-console': 'error',
    },
  },
  {
    files: ['*.config.*'],
    languageOptions: { globals: globals.node },
  },
)
