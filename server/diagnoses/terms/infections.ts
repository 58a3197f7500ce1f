/** ICD-10 chapter I, certain infectious and parasitic diseases. */
export const infections = `
A01.0|伤寒|Typhoid fever
A03.9|细菌性痢疾|Shigellosis, unspecified
A04.7|艰难梭菌性小肠结肠炎|Enterocolitis due to Clostridium difficile
A05.9|细菌性食物中毒|Bacterial foodborne intoxication, unspecified
A09.9|胃肠炎和结肠炎|Gastroenteritis and colitis of unspecified origin
A15.0|肺结核，痰镜检证实|Tuberculosis of lung, confirmed by sputum microscopy
A15.3|肺结核，经证实|Tuberculosis of lung, confirmed by unspecified means
A16.2|肺结核，未经细菌学或组织学证实|Tuberculosis of lung, without mention of confirmation
A16.5|结核性胸膜炎|Tuberculous pleurisy, without mention of confirmation
A17.0|结核性脑膜炎|Tuberculous meningitis
A18.0|骨和关节结核|Tuberculosis of bones and joints
A19.9|粟粒性结核|Miliary tuberculosis, unspecified
A23.9|布鲁氏菌病|Brucellosis, unspecified
A27.9|钩端螺旋体病|Leptospirosis, unspecified
A33|新生儿破伤风|Tetanus neonatorum
A35|破伤风|Other tetanus
A37.9|百日咳|Whooping cough, unspecified
A38|猩红热|Scarlet fever
A39.0|脑膜炎球菌性脑膜炎|Meningococcal meningitis
A40.9|链球菌性脓毒症|Streptococcal sepsis, unspecified
A41.9|脓毒症|Sepsis, unspecified
A46|丹毒|Erysipelas
A49.9|细菌感染|Bacterial infection, unspecified
A53.9|梅毒|Syphilis, unspecified
A82.9|狂犬病|Rabies, unspecified
A86|病毒性脑炎|Unspecified viral encephalitis
A90|登革热|Dengue fever
A98.5|肾综合征出血热|Haemorrhagic fever with renal syndrome
B00.9|单纯疱疹感染|Herpesviral infection, unspecified
B01.9|水痘|Varicella without complication
B02.2|带状疱疹伴神经系统受累|Zoster with other nervous system involvement
B02.9|带状疱疹|Zoster without complication
B05.9|麻疹|Measles without complication
B08.4|手足口病|Enteroviral vesicular stomatitis with exanthem
B15.9|急性甲型病毒性肝炎|Acute hepatitis A without hepatic coma
B16.9|急性乙型病毒性肝炎|Acute hepatitis B without delta-agent and without hepatic coma
B18.1|慢性乙型病毒性肝炎|Chronic viral hepatitis B without delta-agent
B18.2|慢性丙型病毒性肝炎|Chronic viral hepatitis C
B20.9|人类免疫缺陷病毒病伴感染|HIV disease resulting in infectious or parasitic disease
B26.9|流行性腮腺炎|Mumps without complication
B27.9|传染性单核细胞增多症|Infectious mononucleosis, unspecified
B37.9|念珠菌病|Candidiasis, unspecified
B44.1|肺曲霉病|Other pulmonary aspergillosis
B45.9|隐球菌病|Cryptococcosis, unspecified
B54|疟疾|Unspecified malaria
B65.9|血吸虫病|Schistosomiasis, unspecified
B67.9|棘球蚴病（包虫病）|Echinococcosis, other and unspecified
B69.0|中枢神经系统囊尾蚴病|Cysticercosis of central nervous system
U07.1|新型冠状病毒感染，病毒已确认|COVID-19, virus identified
U07.2|新型冠状病毒感染，病毒未确认|COVID-19, virus not identified
`;
