// Reads and writes config.yaml as the Go programs that share it do: yaml.v3 into typed structs (facts.md section 3).
// "read FILE" prints what it found as JSON; "write FILE KEY" puts a key there as they do, and drops what it does not know.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"time"

	"gopkg.in/yaml.v3"
)

type credential struct {
	ID           string   `yaml:"id" json:"id"`
	ClientID     string   `yaml:"client_id" json:"client_id"`
	AccessToken  string   `yaml:"access_token" json:"access_token"`
	RefreshToken string   `yaml:"refresh_token" json:"refresh_token"`
	ExpiresAt    string   `yaml:"expires_at" json:"expires_at"`
	Scopes       []string `yaml:"scopes" json:"scopes"`
}

type provider struct {
	APIKey           string       `yaml:"api_key,omitempty" json:"api_key"`
	APIKeys          []string     `yaml:"api_keys,omitempty" json:"api_keys"`
	OAuthCredentials []credential `yaml:"oauth_credentials,omitempty" json:"oauth_credentials"`
}

type config struct {
	Providers struct {
		Anthropic *provider `yaml:"anthropic,omitempty" json:"anthropic"`
	} `yaml:"providers" json:"providers"`
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(words []string) error {
	text, err := os.ReadFile(words[1])
	if err != nil {
		return err
	}
	var file config
	if err := yaml.Unmarshal(text, &file); err != nil {
		return err
	}
	anthropic := file.Providers.Anthropic
	if anthropic == nil {
		anthropic = &provider{}
		file.Providers.Anthropic = anthropic
	}
	for _, each := range anthropic.OAuthCredentials {
		if _, err := time.Parse(time.RFC3339, each.ExpiresAt); each.ExpiresAt != "" && err != nil {
			return fmt.Errorf("expires_at of %s: %w", each.ID, err)
		}
	}
	if words[0] == "read" {
		return json.NewEncoder(os.Stdout).Encode(anthropic)
	}
	anthropic.APIKey = words[2]
	written, err := yaml.Marshal(file)
	if err != nil {
		return err
	}
	return os.WriteFile(words[1], written, 0o600)
}
